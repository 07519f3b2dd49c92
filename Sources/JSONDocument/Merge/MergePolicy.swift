/// Decisions made beforehand, by pointer.
///
/// A pointer covers the conflicts at its place and inside it; of several that cover one, the
/// longest decides. In an array the token `-` stands for every element, and `{id=7}` for the one of
/// that identity. Indices name nothing here, because they mean another element in each version.
public struct MergePolicy: Hashable, Sendable {
    /// What is decided for each pointer.
    public var decisions: [JSONPointer: MergeDecision]

    /// The policy of those decisions; none holds everything.
    public init(_ decisions: [JSONPointer: MergeDecision] = [:]) {
        self.decisions = decisions
    }

    /// What is decided about a conflict.
    public func decision(about conflict: MergeConflict) -> MergeDecision {
        guard !decisions.isEmpty else { return .hold }
        let steps = conflict.path.steps
        let covering = decisions.filter { $0.key.covers(steps) }
        return covering.max { $0.key.isLessExact(than: $1.key) }?.value ?? .hold
    }
}

extension JSONPointer {
    /// Whether the steps lead to this pointer's place or into it.
    func covers(_ steps: [MergePath.Step]) -> Bool {
        tokens.count <= steps.count && zip(steps, tokens).allSatisfy { $0.isNamed($1) }
    }

    private var standIns: Int { tokens.count { $0 == "-" } }

    /// Whether the other one, which covers the same steps, says more of them.
    func isLessExact(than other: JSONPointer) -> Bool {
        // The bytes at last, so that equally exact ones are not left to chance.
        (tokens.count, -standIns, other.string) < (other.tokens.count, -other.standIns, string)
    }
}
