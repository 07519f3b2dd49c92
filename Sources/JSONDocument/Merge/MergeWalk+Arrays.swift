extension MergeWalk {
    /// Merges arrays by what their elements are.
    ///
    /// Where `isProbe` is true, a merge by runs is not tried out on its own result.
    mutating func mergeArrays(_ versions: ArrayVersions, isProbe: Bool = false) -> MergedValue {
        if versions.beginsWithObject {
            let member = identityMember
            if let union = ElementUnion(versions, key: { MergeKey(of: $0, in: member) }) {
                return mergeElements(of: union) { walk, number, base, mine, theirs in
                    walk.merge(at: union.step(to: number, by: member), base, mine, theirs)
                }
            }
        }
        if contests {
            return mergeWhole(
                versions.base.map { .array($0) },
                .array(versions.mine),
                .array(versions.theirs)
            )
        }
        // From here on nothing is walked through any more, so that it may be compared as a whole.
        let whole = MergedValue(
            unlessConflict: .array(versions.baseElements),
            .array(versions.mine),
            .array(versions.theirs)
        )
        if let whole { return whole }
        if let union = ElementUnion(versions, key: MergeKey.init) {
            return mergeElements(of: union) { walk, _, base, mine, theirs in
                walk.mergeWhole(base, mine, theirs)
            }
        }
        return mergeRuns(of: versions, isProbe: isProbe)
    }

    private mutating func mergeElements(
        of union: ElementUnion,
        _ mergeEntry: (inout Self, Int, JSONValue?, JSONValue?, JSONValue?) -> MergedValue
    ) -> MergedValue {
        if union.isAligned { return mergeAligned(union, mergeEntry) }
        var values: [JSONValue?] = []
        values.reserveCapacity(union.entries.count)
        var kept: [Int: JSONValue?] = [:]
        for (number, entry) in union.entries.enumerated() {
            let (mine, theirs) = (union.mine(entry), union.theirs(entry))
            let merged = mergeEntry(&self, number, union.base(entry), mine, theirs)
            values.append(merged.value(mine, theirs))
            if case .kept(let value) = merged.base { kept[number] = .some(value) }
        }
        let order = union.order(of: values.map { $0 != nil })
        return MergedValue(
            .neither(.array(order.compactMap { values[$0] })),
            base: kept.isEmpty ? .theirs : .kept(.array(union.theirs(keeping: kept)))
        )
    }

    /// Merges elements that stand alike on both sides, of which most have changed nowhere.
    private mutating func mergeAligned(
        _ union: ElementUnion,
        _ mergeEntry: (inout Self, Int, JSONValue?, JSONValue?, JSONValue?) -> MergedValue
    ) -> MergedValue {
        let versions = union.versions
        var result = MergedParts()
        for index in versions.mine.indices {
            let (mine, theirs) = (versions.mine[index], versions.theirs[index])
            let base = union.base(union.entries[index])
            result.add(mergeEntry(&self, index, base, mine, theirs), index, index, mine, theirs)
        }
        return result.finished(
            merged: { .array(versions.mine.replacing($0)) },
            base: { .array(versions.theirs.replacing($0)) }
        )
    }
}

extension ElementUnion {
    /// Theirs, but with what is kept of the base because a conflict there is open. Where theirs
    /// lacks such an element, it comes last: nothing depends on its place.
    fileprivate func theirs(keeping kept: [Int: JSONValue?]) -> [JSONValue] {
        var elements: [JSONValue?] = versions.theirs
        for (number, value) in kept.sorted(by: { $0.key < $1.key }) {
            if let index = entries[number].theirs {
                elements[index] = value
            } else {
                elements.append(value)
            }
        }
        return elements.compactMap(\.self)
    }
}

extension [JSONValue] {
    /// The elements with other ones in some places; those without one go.
    fileprivate func replacing(_ changes: [MergedParts.Change]) -> [JSONValue] {
        var elements: [JSONValue?] = self
        for change in changes { elements[change.index] = change.value }
        return elements.compactMap(\.self)
    }
}
