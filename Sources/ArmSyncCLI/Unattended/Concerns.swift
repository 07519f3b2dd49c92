import ArmProtocol
import ArmSync

/// Everything that stands in the way after an unattended run, and what is said of it.
struct Concerns {
    /// More documents than that with the same concern are told in one paragraph.
    static let most = 3

    let all: [Concern]

    init(_ all: [Concern]) { self.all = all }

    /// What keeps documents from being saved after a run, by their state on disk.
    init(
        _ overview: Overview,
        failures: [(key: DocumentKey?, error: StoreError)],
        at now: Timestamp,
        warnAfter: Duration
    ) {
        var all: [Concern] = []
        if let trouble = overview.server.trouble {
            all.append(
                Concern(
                    trouble,
                    of: nil,
                    named: overview.server.binding?.server ?? "the switch",
                    waiting: overview.documents,
                    at: now,
                    warnAfter: warnAfter
                )
            )
        }
        for document in overview.documents {
            if let concern = Concern(document, at: now) { all.append(concern) }
            if let trouble = document.ownTrouble {
                all.append(
                    Concern(
                        trouble,
                        of: document.key,
                        named: document.key.words.printable,
                        waiting: [document],
                        at: now,
                        warnAfter: warnAfter
                    )
                )
            }
        }
        self.init(all + failures.map { Concern($0.error, of: $0.key, at: now) })
    }

    /// Whether a run looked where what was announced would be found again, so that it is over where
    /// it was not found.
    ///
    /// - Parameter document: the only one the run was about; nil where it was about all.
    static func isSeen(
        _ identity: Announcement.Identity,
        in overview: Overview,
        of document: DocumentKey?
    ) -> Bool {
        let isChosen = document == nil || identity.document == nil || identity.document == document
        return isChosen && !leaveOpen(identity, in: overview)
    }

    /// Whether a run could not find out if what was announced is over: while nothing reaches the
    /// switch, nobody knows what it makes of the credentials, and a document whose trouble was
    /// forgotten on request has not been tried again.
    private static func leaveOpen(_ identity: Announcement.Identity, in overview: Overview) -> Bool
    {
        let server = overview.server
        if identity.document == nil && ConcernKind(identity) == .unauthenticated {
            // Only an answer of the switch's own shows that it takes them.
            let told = (server.announced + server.attention.announced)
                .first { $0.identity == identity }
            guard let told, server.trouble?.kind != .unauthenticated else { return false }
            return server.lastContactAt.map { $0 < told.since } ?? true
        }
        guard overview.server.trouble != nil, let key = identity.document,
            [.refused, .misconfigured, .unreachable].contains(ConcernKind(identity))
        else { return false }
        return overview.documents.contains {
            $0.key == key && $0.ownTrouble == nil && $0.pendingEdits > 0
        }
    }

    /// What the run exits with.
    var status: ExitStatus { .worst(all.map(\.status)) }

    /// The words of a run: what is new, then what is over.
    func lines(_ announcing: Announcing) -> [String] {
        var causes: [(cause: String, said: [(concern: Concern, since: Timestamp)])] = []
        for (concern, announcement) in newly(announcing) {
            let cause = announcement.identity.cause
            if let index = causes.firstIndex(where: { $0.cause == cause }) {
                causes[index].said.append((concern, announcement.since))
            } else {
                causes.append((cause, [(concern, announcement.since)]))
            }
        }
        return causes.flatMap { paragraphs(about: $0.said) } + endings(announcing)
    }

    /// What is new, with what there is to say of it.
    func newly(_ announcing: Announcing) -> [(Concern, Announcement)] {
        let concerns = Dictionary(all.map { ($0.finding.identity, $0) }) { first, _ in first }
        return announcing.newly.compactMap { announcement in
            concerns[announcement.identity].map { ($0, announcement) }
        }
    }

    /// What is over, as far as there are words for it.
    func over(_ announcing: Announcing) -> [(ConcernKind, Announcement)] {
        // One mistake mended and the next one found is no end.
        let isFollowed = announcing.newly.contains { ConcernKind($0.identity) == .configuration }
        return announcing.over.compactMap { announcement in
            guard let kind = ConcernKind(announcement.identity),
                !(kind == .configuration && isFollowed)
            else { return nil }
            return (kind, announcement)
        }
    }

    private func paragraphs(about said: [(concern: Concern, since: Timestamp)]) -> [String] {
        guard said.count > Self.most else {
            return said.flatMap { concern, since in
                ["arm-sync: \(concern.subject): \(concern.title), since \(since.minute)"]
                    + concern.lines
            }
        }
        let oldest = said.map(\.since).min() ?? said[0].since
        let names = said.prefix(Self.most).map(\.concern.subject).joined(separator: "; ")
        let rest = said.count - Self.most
        return [
            "arm-sync: \(said.count.counted("document")): \(said[0].concern.title), "
                + "since \(oldest.minute)"
        ] + Paragraph.indented("\(names); and \(rest) more.", width: Concern.width) + [
            "      arm-sync status   see each of them, and what to type"
        ]
    }

    private func endings(_ announcing: Announcing) -> [String] {
        var kinds: [(kind: ConcernKind, over: [Announcement])] = []
        for (kind, announcement) in over(announcing) {
            if let index = kinds.firstIndex(where: { $0.kind == kind }) {
                kinds[index].over.append(announcement)
            } else {
                kinds.append((kind, [announcement]))
            }
        }
        return kinds.flatMap { kind, over in
            guard over.count > Self.most else { return over.map { ending($0, kind) } }
            return ["arm-sync: \(over.count.counted("document")): \(kind.over)"]
        }
    }

    private func ending(_ announcement: Announcement, _ kind: ConcernKind) -> String {
        let subject = announcement.identity.document.map { "\($0.words.printable): " } ?? ""
        return "arm-sync: \(subject)\(kind.over); the trouble began "
            + announcement.since.minute
    }
}
