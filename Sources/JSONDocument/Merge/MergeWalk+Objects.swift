extension MergeWalk {
    mutating func mergeObjects(
        _ base: JSONObject,
        _ mine: JSONObject,
        _ theirs: JSONObject
    ) -> MergedValue {
        mine.hasNames(of: theirs)
            ? mergeSameNames(base, mine, theirs) : mergeNames(base, mine, theirs)
    }

    /// Merges objects of the same names in the same order, of which most have changed nowhere.
    private mutating func mergeSameNames(
        _ base: JSONObject,
        _ mine: JSONObject,
        _ theirs: JSONObject
    ) -> MergedValue {
        var result = MergedParts()
        for position in mine.indices {
            let mySlot = mine.slot(at: position)
            let theirSlot = theirs.slot(at: position)
            let myValue = mine.slots[mySlot].value
            let theirValue = theirs.slots[theirSlot].value
            if myValue.isScalarWritten(like: theirValue) { continue }
            let name = mine.slots[mySlot].name
            let baseValue = base.value(of: name, near: position)
            let merged = merge(at: .member(name), baseValue, myValue, theirValue)
            result.add(merged, mySlot, theirSlot, myValue, theirValue)
        }
        return result.finished(
            merged: { .object(mine.replacing($0)) },
            base: { .object(theirs.replacing($0)) }
        )
    }

    private mutating func mergeNames(
        _ base: JSONObject,
        _ mine: JSONObject,
        _ theirs: JSONObject
    ) -> MergedValue {
        let union = PartUnion<JSONString>(
            base: base.lazy.map(\.name),
            mine: mine.lazy.map(\.name),
            theirs: theirs.lazy.map(\.name)
        )
        // Names are unique, so that there is one.
        guard let union else { return conflict(.object(base), .object(mine), .object(theirs)) }
        var values: [JSONValue?] = []
        values.reserveCapacity(union.keys.count)
        var kept: [Int: JSONValue?] = [:]
        for (number, name) in union.keys.enumerated() {
            let myValue = union.myPlace(of: number).map { mine[$0].value }
            let theirValue = union.theirPlace(of: number).map { theirs[$0].value }
            let baseValue = union.basePlace(of: number).map { base[$0].value }
            let merged = merge(at: .member(name), baseValue, myValue, theirValue)
            values.append(merged.value(myValue, theirValue))
            if case .kept(let value) = merged.base { kept[number] = .some(value) }
        }
        let result = JSONObject(union, union.order(of: values.map { $0 != nil })) { values[$0] }
        guard !kept.isEmpty else { return MergedValue(.neither(.object(result))) }
        let next = JSONObject(union, union.theirs(and: kept.keys)) { number in
            kept[number] ?? union.theirPlace(of: number).map { theirs[$0].value }
        }
        return MergedValue(.neither(.object(result)), base: .kept(.object(next)))
    }
}

extension JSONObject {
    /// The object of the named parts of those numbers that have a value.
    fileprivate init(
        _ union: PartUnion<JSONString>,
        _ numbers: [Int],
        value: (Int) -> JSONValue?
    ) {
        self.init()
        reserveCapacity(numbers.count)
        for number in numbers {
            if let value = value(number) { append(union.keys[number], value) }
        }
    }

    /// The object with other values in some slots; those without one go.
    fileprivate func replacing(_ changes: [MergedParts.Change]) -> JSONObject {
        var result = self
        var vacant: Set<Int> = []
        for change in changes {
            if let value = change.value {
                result.update(slot: change.index) { $0 = value }
            } else {
                vacant.insert(change.index)
            }
        }
        guard !vacant.isEmpty else { return result }
        // Put together anew, because the index of an object does not like many removals.
        var rest = JSONObject()
        rest.reserveCapacity(count - vacant.count)
        for position in result.indices {
            let slot = result.slot(at: position)
            if !vacant.contains(slot) {
                rest.append(result.slots[slot].name, result.slots[slot].value)
            }
        }
        return rest
    }
}
