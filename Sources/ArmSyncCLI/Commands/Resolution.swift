import ArmProtocol
import ArmSync
import JSONDocument

/// What a person decided about what was shown.
struct Resolution {
    /// The decisions, each bound to what was shown: what has moved since stays open.
    let decisions: [ConflictDigest: MergeDecision]
    let rules: MergeRules

    /// The record that settles it in the document as it is now.
    func record(
        of state: DocumentState,
        _ shown: OpenConflict,
        author: String,
        at now: Timestamp
    ) throws(CommandError) -> Record {
        do throws(ResolveError) {
            if shown.reason.isSettledByPlace {
                return try state.resolving(author: author, by: rules, at: now) { conflict in
                    decisions[ConflictPlace(conflict).digest] ?? .hold
                }
            }
            let side = decisions[ConflictPlace(wholeOf: state).digest].flatMap(Side.init)
            guard let side else { throw .nothingHeld }
            return try state.resolving(side, author: author, by: rules, at: now)
        } catch {
            throw CommandError(error, of: shown.key)
        }
    }
}

extension Side {
    fileprivate init?(_ decision: MergeDecision) {
        switch decision {
        case .mine: self = .mine
        case .theirs: self = .theirs
        case .hold, .value: return nil
        }
    }
}

extension CommandError {
    init(_ error: ResolveError, of key: DocumentKey) {
        switch error {
        case .nothingHeld:
            self.init(.badInput, "nothing in \(key.words) waits for a decision")
        case .nothingToSend:
            self.init(
                .badInput,
                "there is no document here that could go to the server",
                advice: "Make it first, with arm-sync set or import; then resolve again."
            )
        case .nothingToTake:
            self.init(
                .badInput,
                "the server holds no document that could be taken",
                advice: "To replace it by what is here: arm-sync resolve --all --mine\(key.flags)"
            )
        }
    }
}
