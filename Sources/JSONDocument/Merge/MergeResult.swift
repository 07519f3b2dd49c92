/// What a merge came to.
public struct MergeResult: Sendable {
    /// A conflict and what was decided about it.
    public struct Settled: Sendable {
        /// The conflict, with the value that lost.
        public var conflict: MergeConflict
        /// What was decided.
        public var decision: MergeDecision
    }

    /// The merged document, nil where there is none any more. An open conflict holds mine's value.
    public var value: JSONValue?

    /// The base to go on from, together with `value`: theirs, but as the base was wherever a
    /// conflict is open.
    ///
    /// Merging `value` with theirs over this base gives `value` again and just the conflicts that
    /// are open here. What was settled is none any more. Without open conflicts this is theirs.
    public var base: JSONValue?

    /// The conflicts that are open.
    public var conflicts: [MergeConflict]

    /// The conflicts that were settled.
    public var settled: [Settled]

    /// Whether nothing is open.
    public var isComplete: Bool { conflicts.isEmpty }

    /// The open conflicts that a person means by a pointer: those at that place or inside it.
    public func conflicts(atOrInside pointer: JSONPointer) -> [MergeConflict] {
        conflicts.filter { $0.isAtOrInside(pointer) }
    }
}
