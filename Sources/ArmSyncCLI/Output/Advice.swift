import ArmProtocol
import ArmSync
import JSONDocument

/// What a held document means for a person, and what to type.
struct HeldAdvice {
    let reason: HeldReason
    let key: DocumentKey
    var naming = CommandNaming()
    /// What the screen shows of it, so that nothing else is settled.
    var seen: ConflictDigest?

    /// A few words beside the document's name.
    var title: String {
        switch reason {
        case .conflict: "conflict"
        case .remoteEmptied: "held: the server has nothing left of it"
        case .emptySave: "held: nothing is left in it here"
        case .serverAltersData: "held: the server keeps something else"
        case .blind: "held: the server's document cannot be read"
        case .foreignServer: "held: it belongs to another server"
        case .foreignContent: "held: the server holds something else"
        }
    }

    /// What happened.
    var sentence: String {
        switch reason {
        case .conflict:
            "Another station changed the same places, too. Somebody has to decide."
        case .remoteEmptied:
            "The server held this document and now has nothing in it. Another station may have "
                + "emptied it on purpose, or the server was reset."
        case .emptySave:
            "The server holds a document, and what is here has become empty: by mistake, or because "
                + "another station restored what was emptied here. So it is not sent."
        case .serverAltersData:
            "What was saved came back altered twice running, in the same way: most likely the server "
                + "itself does that. Nothing more is sent until somebody decides."
        case .blind:
            "Without an agent id the server's document cannot be read first, and nothing is sent "
                + "unseen. Set \"read_agent_id\", or \"blind_saves\" to accept overwriting."
        case .foreignServer:
            "It was synced with another server or domain. If it has moved here for good, give it "
                + "over; otherwise mend \"server\" and \"domain\"."
        case .foreignContent:
            "What the server holds in its place cannot be used here: no JSON, or too large."
        }
    }

    /// Commands to type, each with what it does.
    var commands: [AdvisedCommand] {
        let flags = (seen.map { " --seen \($0.text)" } ?? "") + naming.flags(for: key)
        let show = "arm-sync conflicts show\(naming.flagsAmongAll(for: key))"
        switch reason {
        case .conflict:
            return [
                (show, "look at both sides"),
                ("arm-sync resolve --all --mine\(flags)", "save what is here"),
                ("arm-sync resolve --all --theirs\(flags)", "take the server's"),
            ]
        case .remoteEmptied:
            return [
                ("arm-sync resolve --all --mine\(flags)", "restore it from here"),
                ("arm-sync resolve --all --theirs\(flags)", "let it be empty here too"),
            ]
        case .emptySave:
            return [
                ("arm-sync resolve --all --mine\(flags)", "empty it on the server too"),
                ("arm-sync resolve --all --theirs\(flags)", "take back what the server holds"),
            ]
        case .serverAltersData:
            return [
                (show, "look at what it makes of it"),
                ("arm-sync resolve --all --theirs\(flags)", "take it as the server keeps it"),
                ("arm-sync resolve --all --mine\(flags)", "try again"),
            ]
        case .foreignContent:
            return [
                (show, "look at it"),
                ("arm-sync resolve --all --mine\(flags)", "replace it by what is here"),
            ]
        case .foreignServer:
            return [
                ("arm-sync rebind\(naming.flags(for: key))", "give it to the configured server")
            ]
        case .blind:
            return []
        }
    }

    /// Most places that are named where they are not shown.
    static let placeLimit = 3

    /// Sentence, places and commands, indented; `besides` is the command whose screen this is.
    func lines(
        _ width: Int,
        besides shown: String? = nil,
        about places: [JSONPointer] = []
    ) -> [String] {
        let names = places.filter { !$0.tokens.isEmpty }.map(\.text.printable)
        let more =
            names.count > Self.placeLimit ? ["and \(names.count - Self.placeLimit) more"] : []
        let list = (names.prefix(Self.placeLimit) + more).joined(separator: ", ")
        return Paragraph.indented(sentence, width: width)
            + Paragraph.indented(list, width: width)
            + commands.filter { $0.command != shown }.lines(width)
    }
}

/// What to do with a document whose journal is damaged.
enum RepairAdvice {
    static func sentence(for key: DocumentKey) -> String {
        "To rebuild it from what is good: arm-sync repair\(key.flags)"
    }
}

/// What a failure means for a person.
struct FailureAdvice {
    let kind: FailureKind
    let needsAttention: Bool
    /// When unattended runs try again, such as `in 12 min`; nil where the next one does.
    var nextTry: String?

    var meaning: Palette.Meaning { needsAttention ? .needsPerson : .waiting }

    var title: String {
        switch kind {
        case .unreachable: "offline"
        case .transient: "not now"
        case .refused: "refused"
        case .unauthenticated: "credentials not accepted"
        case .garbled: "not the switch's answer"
        case .misconfigured: "a setting looks wrong"
        }
    }

    /// What happened and what follows from it, indented; the server's own words where they are
    /// asked for.
    func lines(
        about events: String,
        detail: String?,
        width: Int,
        indentedBy indent: Int = 4
    ) -> [String] {
        [explanation(of: events), detail.map(Self.quotation(of:))].compactMap(\.self).flatMap {
            Paragraph.indented($0, width: width, by: indent)
        }
    }

    /// What happened and what follows from it.
    func explanation(of events: String) -> String { "\(events) \(sentence)" }

    static func quotation(of detail: String) -> String {
        "The server's words: \(detail.printable)"
    }

    /// Whether somebody is needed, and for what.
    private var sentence: String {
        switch kind {
        case .unreachable, .transient:
            "Edits are safe here; \(goingOn). Nothing to do."
        case .refused where needsAttention:
            "It has been refused again and again: ask whoever runs the switch. Edits are safe here; "
                + "\(goingOn)."
        case .refused:
            "Edits are safe here; \(goingOn). Nothing to do yet."
        case .unauthenticated:
            "Edits are safe here. Mend what \"credentials\" names; once it has changed, the next "
                + "sync tries at once."
        case .garbled:
            "A captive portal, a proxy or another service may stand in between. Edits are safe "
                + "here; \(goingOn). Nothing to do unless it lasts."
        case .misconfigured where needsAttention:
            "Somebody has to mend that. Edits are safe here; \(goingOn)."
        case .misconfigured:
            "Edits are safe here; \(goingOn). Somebody is needed if it lasts."
        }
    }

    /// Who tries when, without anybody's doing.
    private var goingOn: String {
        guard let nextTry else { return "the next sync tries again" }
        return "unattended runs try again \(nextTry), arm-sync sync at once"
    }
}

extension Trouble {
    /// `in 12 min`, where unattended runs wait for long enough to be worth a word.
    func nextTry(from now: Timestamp) -> String? {
        guard at <= now else { return nil }
        let wait = min(nextAttempt, at + RetryPolicy.longestWait).since(now)
        return wait < .seconds(60) ? nil : "in \(wait.rough)"
    }
}
