import ArmProtocol
import ArmSync
import JSONDocument

/// What a person decided about what was shown.
struct Resolution {
    /// The decisions, each bound to what was shown: what has moved since stays open.
    let decisions: [ConflictDigest: MergeDecision]
    let rules: MergeRules
    let mapping: PayloadMapping

    /// The record that settles it in the document as it is now.
    func record(
        of state: DocumentState,
        _ shown: OpenConflict,
        author: String,
        at now: Timestamp
    ) throws(CommandError) -> Record {
        do throws(ResolveError) {
            if shown.reason.isSettledByPlace {
                return try state.resolving(
                    author: author,
                    by: rules,
                    mapping: mapping,
                    at: now
                ) { decisions[ConflictPlace($0).digest] ?? .hold }
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
        case .notAccepted(let place):
            self.init(
                .badInput,
                "that value cannot stand at \(place.text.printable): an element of a list keeps its "
                    + "identity, and nothing is nested deeper than \(JSONValue.depthLimit) levels; "
                    + "nothing was settled",
                advice: Self.otherDecision
            )
        case .unsavable(let error):
            self.init(
                .badInput,
                "\(error.message); nothing was settled",
                advice: Self.otherDecision
            )
        }
    }

    private static let otherDecision =
        "Put another value there, or settle it with --mine or --theirs."
}
