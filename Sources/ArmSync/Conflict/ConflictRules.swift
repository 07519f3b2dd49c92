package import JSONDocument

/// What the configuration says beforehand about merging: for one application, or for all of them.
package struct ConflictRules: Hashable, Sendable {
    /// What becomes of conflicts at and inside the place of each pointer; the longest one that
    /// covers a conflict decides.
    package var policies: [JSONPointer: ConflictPolicy]
    /// The member that tells the elements of the array at each pointer apart.
    package var identityKeys: [JSONPointer: JSONString]

    package init(
        policies: [JSONPointer: ConflictPolicy] = [:],
        identityKeys: [JSONPointer: JSONString] = [:]
    ) {
        self.policies = policies
        self.identityKeys = identityKeys
    }

    /// These rules where they say something, and otherwise what holds for every application.
    ///
    /// A general rule goes even where its pointer is the longer one: whoever wrote `mine` for the
    /// reports of one application meant all that is in them.
    package func completed(by general: ConflictRules) -> ConflictRules {
        ConflictRules(
            policies: general.policies
                .filter { pointer, _ in !policies.keys.contains { $0.covers(pointer) } }
                .merging(policies) { _, own in own },
            identityKeys: general.identityKeys
                .filter { pointer, _ in
                    !identityKeys.keys.contains {
                        $0.tokens.count == pointer.tokens.count && $0.covers(pointer)
                    }
                }
                .merging(identityKeys) { _, own in own }
        )
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
