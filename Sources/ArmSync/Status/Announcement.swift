package import ArmProtocol

/// Something that keeps documents from being saved, as it is remembered from one unattended run to
/// the next, so that none says it twice.
package struct Announcement: Hashable, Sendable {
    /// What makes two runs' findings the same one: no text, time or count that changes.
    package struct Identity: Hashable, Sendable {
        /// The document it is about; nil where it is about all of them.
        package var document: DocumentKey?
        /// What it is: `conflict`, `refused`, `unreachable`.
        package var cause: String

        package init(document: DocumentKey? = nil, cause: String) {
            self.document = document
            self.cause = cause
        }
    }

    package var identity: Identity
    package var since: Timestamp
    /// False while it is too young to be worth a word.
    package var isSaid: Bool

    package init(_ identity: Identity, since: Timestamp, isSaid: Bool) {
        self.identity = identity
        self.since = since
        self.isSaid = isSaid
    }
}

/// Something found that may have to be said.
package struct Finding: Hashable, Sendable {
    package var identity: Announcement.Identity
    package var since: Timestamp
    /// How long it must last before it is said.
    package var patience: Duration

    package init(_ identity: Announcement.Identity, since: Timestamp, patience: Duration) {
        self.identity = identity
        self.since = since
        self.patience = patience
    }
}

/// What an unattended run says: each finding once, and once more when it is over.
package struct Announcing: Hashable, Sendable {
    /// What is said now, with the moment since when it has lasted.
    package var newly: [Announcement] = []
    /// What had been said and is over.
    package var over: [Announcement] = []
    /// What is to be remembered.
    package var after: [Announcement] = []

    /// Decides from what is remembered and what is found; findings come at most once each.
    package init(before: [Announcement], findings: [Finding], at now: Timestamp) {
        let known = Dictionary(before.map { ($0.identity, $0) }) { first, _ in first }
        for finding in findings {
            let earlier = known[finding.identity]
            // What fails in another way than before has still failed since then. A time in the
            // future is that of a clock set back.
            let since = min(finding.since, earlier?.since ?? now, now)
            let wasSaid = earlier?.isSaid ?? false
            let isSaid = wasSaid || now.since(since) >= finding.patience
            let announcement = Announcement(finding.identity, since: since, isSaid: isSaid)
            after.append(announcement)
            if isSaid && !wasSaid { newly.append(announcement) }
        }
        let present = Set(findings.map(\.identity))
        over = before.filter { $0.isSaid && !present.contains($0.identity) }
    }
}
