import ArmSync

extension Event {
    /// What happened, in a few plain words.
    var words: String {
        switch self {
        case .edited: "edited"
        case .cleared: "emptied on purpose"
        case .sending: "on its way to the server"
        case .saved: "saved"
        case .arrived: "a save whose end was not known turned out to have arrived"
        case .read: "read"
        case .takenOver: "the server's document taken over"
        case .merged: "both stations' changes put together"
        case .altered: "the server keeps something else than it was given"
        case .conflict: "conflict: the server's document has changed too"
        case .held: "held: somebody has to decide"
        case .failed: "failed"
        case .retried: "failed tries forgotten"
        case .resolvedMine: "settled: what is here stays"
        case .resolvedTheirs: "settled: the server's document taken"
        case .resolved: "settled"
        case .undone: "the last save taken back"
        case .discarded: "unsaved edits given up"
        case .rebound: "given to another server"
        case .repaired: "the damaged journal repaired"
        case .cacheChanged: "somebody or a power cut changed the cache file"
        case .tornTail: "the journal's end was broken"
        case .compacted: "the journal written anew"
        }
    }

    /// What stands behind a number of them.
    var totalWord: String {
        switch self {
        case .edited: "edited"
        case .cleared: "emptied"
        case .sending: "sent"
        case .saved: "saved"
        case .arrived: "found to have arrived"
        case .read: "read without a change"
        case .takenOver: "taken over"
        case .merged: "merged"
        case .altered: "altered by the server"
        case .conflict: "in conflict"
        case .held: "held"
        case .failed: "failed"
        case .retried: "retried"
        case .resolvedMine: "settled for here"
        case .resolvedTheirs: "settled for the server"
        case .resolved: "settled"
        case .undone: "taken back"
        case .discarded: "given up"
        case .rebound: "given to another server"
        case .repaired: "repaired"
        case .cacheChanged: "cache file changed"
        case .tornTail: "broken end"
        case .compacted: "written anew"
        }
    }

    var meaning: Palette.Meaning {
        switch self {
        case .saved, .arrived, .resolvedMine, .resolvedTheirs, .resolved: .good
        case .conflict, .held, .altered, .cacheChanged, .tornTail, .repaired: .needsPerson
        case .failed, .sending: .waiting
        case .edited, .cleared, .read, .takenOver, .merged, .undone, .retried, .discarded, .rebound,
            .compacted:
            .faint
        }
    }
}
