import JSONDocument

extension MergeRules {
    /// The rules of one application where they say something, and otherwise what holds for all.
    ///
    /// A general decision goes even where its pointer is the longer one: whoever wrote `mine` for
    /// the reports of one application meant all that is in them. The window is everybody's.
    package func completed(by general: MergeRules) -> MergeRules {
        var rules = general
        let decisions = policy.decisions
        rules.policy.decisions = general.policy.decisions
            .filter { pointer, _ in !decisions.keys.contains { $0.covers(pointer) } }
            .merging(decisions) { _, own in own }
        let exceptions = identities.exceptions
        rules.identities.exceptions = general.identities.exceptions
            .filter { pointer, _ in
                !exceptions.keys.contains {
                    $0.tokens.count == pointer.tokens.count && $0.covers(pointer)
                }
            }
            .merging(exceptions) { _, own in own }
        return rules
    }
}

extension JSONPointer {
    /// Whether every place that the other one names lies at or inside this one. The token `-`
    /// stands for every element of an array.
    fileprivate func covers(_ other: JSONPointer) -> Bool {
        tokens.count <= other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { $0 == "-" || $0 == $1 }
    }
}
