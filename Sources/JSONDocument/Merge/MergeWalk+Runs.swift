extension MergeWalk {
    /// Merges arrays that both sides changed differently and whose elements nothing tells apart.
    mutating func mergeRuns(of versions: ArrayVersions, isProbe: Bool) -> MergedValue {
        guard let elements = RunMerge(versions).elements,
            isProbe || mergesToItself(elements, versions)
        else {
            return conflict(
                versions.base.map(JSONValue.array),
                .array(versions.mine),
                .array(versions.theirs)
            )
        }
        return MergedValue(.neither(.array(elements)))
    }

    /// Whether merging the result with either side gives just the result again.
    ///
    /// Where elements repeat, the result can be aligned with the base in another way than each side
    /// was. Which element is which is then a guess, and a person should decide.
    private func mergesToItself(_ result: [JSONValue], _ versions: ArrayVersions) -> Bool {
        [
            ArrayVersions(base: versions.base, mine: result, theirs: versions.theirs),
            ArrayVersions(base: versions.base, mine: versions.mine, theirs: result),
        ].allSatisfy { again in
            var probe = probe
            let merged = probe.mergeArrays(again, isProbe: true)
            return probe.conflicts.isEmpty
                && merged.value(.array(again.mine), .array(again.theirs)) == .array(result)
        }
    }
}
