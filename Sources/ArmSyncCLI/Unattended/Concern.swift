import ArmProtocol
import ArmSync
import JSONDocument

/// Something that keeps documents from being saved, as an unattended run tells of it.
struct Concern {
    var finding: Finding
    /// What the run exits with while it lasts; `done` where nobody is needed.
    var status: ExitStatus
    /// Whom it is about.
    var subject: String
    /// A few words: what it is.
    var title: String
    /// What happened.
    var explanation: String
    /// The server's own words, where it had any: the one thing here that is not ours.
    var quotation: String?
    /// How many edits wait because of it.
    var waiting: String?
    /// What to type.
    var commands: [AdvisedCommand] = []
    /// Where both sides differ.
    var places: [JSONPointer] = []
}

extension Concern {
    /// Where nobody looks at a terminal: mails and journals.
    static let width = 80

    /// What happened and what to type, indented.
    var lines: [String] {
        [explanation, quotation, waiting].compactMap(\.self)
            .flatMap { Paragraph.indented($0, width: Self.width) } + commands.lines(Self.width)
    }

    /// What holds a document, or keeps its journal from being read; nil where nothing does.
    init?(_ document: DocumentStatus, at now: Timestamp) {
        let since = document.lastReadAt ?? document.oldestEditAt ?? now
        subject = document.key.words.printable
        if let error = document.storeError {
            finding = Self.finding(.unreadable, document.key, since: now)
            status = .needsPerson
            let isDamaged = error.code == .unreadable
            title = isDamaged ? "its journal is damaged" : "it cannot be read here"
            explanation = error.message.printable.sentence
            let repair = "arm-sync repair\(document.key.flags)"
            commands = isDamaged ? [(repair, "keep a copy, and rebuild what is whole")] : []
        } else if let reason = document.heldReason {
            let advice = HeldAdvice(reason: reason, key: document.key)
            finding = Self.finding(ConcernKind(reason), document.key, since: since)
            status = reason == .foreignServer ? .configuration : .needsPerson
            title = advice.title
            explanation = advice.sentence
            waiting = Self.waiting([document])
            commands = advice.commands
            places = document.conflictingPlaces
        } else {
            return nil
        }
    }

    /// Trouble of a document or of the server.
    init(
        _ trouble: Trouble,
        of key: DocumentKey?,
        named subject: String,
        waiting documents: [DocumentStatus],
        at now: Timestamp,
        warnAfter: Duration
    ) {
        let needsPerson = trouble.needsAttention(at: now)
        let advice = FailureAdvice(
            kind: trouble.kind,
            needsAttention: needsPerson,
            nextTry: "after \(trouble.nextAttempt.minute)"
        )
        finding = Finding(
            Announcement.Identity(document: key, cause: ConcernKind(trouble.kind).rawValue),
            since: trouble.since,
            patience: needsPerson ? .zero : warnAfter
        )
        status =
            switch trouble.kind {
            case _ where !needsPerson: .done
            case .unauthenticated: .unauthenticated
            case .misconfigured: .configuration
            case .unreachable, .transient, .refused, .garbled: .needsPerson
            }
        self.subject = subject
        title = advice.title
        let message = trouble.message.printable.sentence
        if ConcernKind(trouble.kind) == .unreachable {
            // Whoever is told of what may pass by itself wants to know where to look, if at all.
            explanation =
                "\(message) Edits are safe here, and unattended runs go on trying. Nobody is needed "
                + "unless the switch should be within reach: then look at the link and at what stands "
                + "in between."
        } else {
            explanation = advice.explanation(of: message)
            quotation = trouble.detail.map(FailureAdvice.quotation(of:))
        }
        waiting = Self.waiting(documents)
        commands = [("arm-sync sync\(key?.flags ?? "")", "try at once")]
    }

    /// A store that failed during the run.
    init(_ error: StoreError, of key: DocumentKey?, at now: Timestamp) {
        finding = Self.finding(.storeFailed, key, since: now)
        status = .storeFailed
        subject = key?.words.printable ?? "all documents"
        title = "the local store failed"
        explanation = error.message.printable.sentence
        commands = [
            ("arm-sync sync\(key?.flags ?? "")", "try again, when that is mended")
        ]
    }

    /// A mistake that kept the run from beginning. Another mistake is another concern.
    init(_ error: CommandError, at now: Timestamp) {
        let cause = "\(ConcernKind.configuration.rawValue): \(error.message)"
        finding = Finding(Announcement.Identity(cause: cause), since: now, patience: .zero)
        status = error.status
        subject = "no document is synced"
        title = error.message.printable
        explanation = error.advice ?? ""
    }

    /// A command for news that fails.
    init(ofAttention trouble: Trouble) {
        finding = Self.finding(.onAttention, nil, since: trouble.since)
        status = .done
        subject = "on_attention"
        title = "what is new could not be brought to anybody"
        explanation = "\(trouble.message.printable.sentence) Syncing goes on; it is tried again."
        quotation = trouble.detail.map { "Its words: \($0.printable)" }
        commands = [("arm-sync retry", "have the next run try it at once")]
    }

    private static func finding(
        _ kind: ConcernKind,
        _ key: DocumentKey?,
        since: Timestamp
    ) -> Finding {
        let identity = Announcement.Identity(document: key, cause: kind.rawValue)
        return Finding(identity, since: since, patience: .zero)
    }

    private static func waiting(_ documents: [DocumentStatus]) -> String? {
        let edits = documents.reduce(0) { $0 + $1.pendingEdits }
        guard let oldest = documents.compactMap(\.oldestEditAt).min(), edits > 0 else { return nil }
        let verb = edits == 1 ? "waits" : "wait"
        return "\(edits.counted("edit")) \(verb), the oldest since \(oldest.minute)."
    }
}

extension Timestamp {
    /// `2026-11-22 10:00 UTC`, for what is read later than it is written.
    var minute: String {
        let text = rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}
