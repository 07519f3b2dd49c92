package import JSONDocument

/// How one application's documents are merged.
package struct MergeRules: Hashable, Sendable {
    /// What tells the elements of arrays apart.
    package var identities = MergeIdentities()
    /// What is decided beforehand where both sides changed the same place.
    package var policy = MergePolicy()
    /// How long after a save another station may still undo it unseen, having read before it.
    package var rivalWindow: Duration = .seconds(600)

    package init() {}

    /// What is decided beforehand. Against the server itself nothing is: mine would be sent, altered
    /// and sent again for ever, without a word to anybody.
    func decision(about conflict: MergeConflict, isServers: Bool) -> MergeDecision {
        isServers ? .hold : policy.decision(about: conflict)
    }

    var merge: ThreeWayMerge { ThreeWayMerge(identities: identities) }
}
