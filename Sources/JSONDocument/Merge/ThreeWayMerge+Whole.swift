extension ThreeWayMerge {
    /// Merges three versions as one value each, whatever they consist of.
    public func mergeWhole(
        base: JSONValue?,
        mine: JSONValue?,
        theirs: JSONValue?,
        settling decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) -> MergeResult {
        withoutActuallyEscaping(decide) { decide in
            var walk = MergeWalk(identities: identities, decide: decide)
            let merged = walk.mergeWhole(base, mine, theirs)
            return walk.result(merged, mine, theirs)
        }
    }

    /// Puts every change of mine since theirs up for decision: a conflict wherever they differ, but
    /// for the order of elements.
    ///
    /// The base of the result is theirs, but mine wherever a conflict is open.
    public func contest(
        mine: JSONValue?,
        theirs: JSONValue?,
        settling decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) -> MergeResult {
        withoutActuallyEscaping(decide) { decide in
            var walk = MergeWalk(identities: identities, contests: true, decide: decide)
            let merged = walk.merge(theirs, mine, theirs)
            return walk.result(merged, mine, theirs)
        }
    }
}

extension MergeWalk {
    /// What the walk came to.
    func result(_ merged: MergedValue, _ mine: JSONValue?, _ theirs: JSONValue?) -> MergeResult {
        MergeResult(
            value: merged.value(mine, theirs),
            base: merged.base.value(theirs),
            conflicts: conflicts,
            settled: settled
        )
    }
}
