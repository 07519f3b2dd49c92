extension MergeWalk {
    /// Merges arrays by what their elements are.
    ///
    /// Where `isProbe` is true, a merge by runs is not tried out on its own result.
    mutating func mergeArrays(_ versions: ArrayVersions, isProbe: Bool = false) -> MergedValue {
        if versions.beginsWithObject {
            let member = identityMember
            if let union = versions.union(by: { MergeKey(of: $0, in: member) }) {
                return mergeElements(versions, union, identifiedBy: member)
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
        if let union = versions.union(by: MergeKey.init) {
            return mergeElements(versions, union, identifiedBy: nil)
        }
        return mergeRuns(of: versions, isProbe: isProbe)
    }

    /// Merges elements with identities or, where no member holds one, scalars that are different.
    private mutating func mergeElements(
        _ versions: ArrayVersions,
        _ union: PartUnion<MergeKey>,
        identifiedBy member: JSONString?
    ) -> MergedValue {
        if union.isAligned { return mergeAligned(versions, union, identifiedBy: member) }
        var values: [JSONValue?] = []
        values.reserveCapacity(union.keys.count)
        var kept: [Int: JSONValue?] = [:]
        for number in union.keys.indices {
            let mine = union.myPlace(of: number).map { versions.mine[$0] }
            let theirs = union.theirPlace(of: number).map { versions.theirs[$0] }
            let base = union.basePlace(of: number).map { versions.baseElements[$0] }
            let merged = mergeElement(number, of: union, by: member, base, mine, theirs)
            values.append(merged.value(mine, theirs))
            if case .kept(let value) = merged.base { kept[number] = .some(value) }
        }
        let order = union.order(of: values.map { $0 != nil })
        let result = JSONValue.array(order.compactMap { values[$0] })
        guard !kept.isEmpty else { return MergedValue(.neither(result)) }
        // What theirs lacks comes last: nothing depends on its place in a base.
        let next = union.theirs(and: kept.keys).compactMap { number in
            kept[number] ?? union.theirPlace(of: number).map { versions.theirs[$0] }
        }
        return MergedValue(.neither(result), base: .kept(.array(next)))
    }

    /// Merges elements that stand alike on both sides, of which most have changed nowhere.
    private mutating func mergeAligned(
        _ versions: ArrayVersions,
        _ union: PartUnion<MergeKey>,
        identifiedBy member: JSONString?
    ) -> MergedValue {
        var result = MergedParts()
        for index in versions.mine.indices {
            let (mine, theirs) = (versions.mine[index], versions.theirs[index])
            let base = union.basePlace(of: index).map { versions.baseElements[$0] }
            let merged = mergeElement(index, of: union, by: member, base, mine, theirs)
            result.add(merged, index, index, mine, theirs)
        }
        return result.finished(
            merged: { .array(versions.mine.replacing($0)) },
            base: { .array(versions.theirs.replacing($0)) }
        )
    }

    private mutating func mergeElement(
        _ number: Int,
        of union: PartUnion<MergeKey>,
        by member: JSONString?,
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?
    ) -> MergedValue {
        // Scalars that are their own identity cannot conflict, and need no step to name them.
        guard let member else { return mergeWhole(base, mine, theirs) }
        let element = MergePath.Element(
            key: member,
            identity: union.keys[number].value,
            mine: union.myPlace(of: number),
            theirs: union.theirPlace(of: number)
        )
        return merge(at: .element(element), base, mine, theirs)
    }
}

extension ArrayVersions {
    /// The elements by their keys, nil where those do not tell them apart.
    fileprivate func union(by key: (JSONValue) -> MergeKey?) -> PartUnion<MergeKey>? {
        withoutActuallyEscaping(key) { key in
            PartUnion(
                base: baseElements.lazy.map(key),
                mine: mine.lazy.map(key),
                theirs: theirs.lazy.map(key)
            )
        }
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
