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
        let union = ObjectUnion(base, mine, theirs)
        var values: [JSONValue?] = []
        values.reserveCapacity(union.names.count)
        var nextBase = theirs
        var isKept = false
        for name in union.names {
            let (baseValue, myValue, theirValue) = (base[name], mine[name], theirs[name])
            let merged = merge(at: .member(name), baseValue, myValue, theirValue)
            values.append(merged.value(myValue, theirValue))
            if case .kept(let value) = merged.base {
                nextBase[name] = value
                isKept = true
            }
        }
        var result = JSONObject()
        result.reserveCapacity(union.names.count)
        for number in union.order(of: values.map { $0 != nil }) {
            if let value = values[number] { result.append(union.names[number], value) }
        }
        return MergedValue(
            .neither(.object(result)),
            base: isKept ? .kept(.object(nextBase)) : .theirs
        )
    }
}

/// The names of three objects, numbered.
private struct ObjectUnion {
    private(set) var names: [JSONString] = []
    private var base: [Int] = []
    private var mine: [Int] = []
    private var theirs: [Int] = []

    init(_ base: JSONObject, _ mine: JSONObject, _ theirs: JSONObject) {
        var numbers: [JSONString: Int] = [:]
        func number(_ object: JSONObject, _ names: inout [JSONString]) -> [Int] {
            object.map { name, _ in
                if let number = numbers[name] { return number }
                numbers[name] = names.count
                names.append(name)
                return names.count - 1
            }
        }
        self.mine = number(mine, &names)
        self.theirs = number(theirs, &names)
        self.base = number(base, &names)
    }

    /// The numbers of the names that stay, in their merged order.
    func order(of stays: [Bool]) -> [Int] {
        MergedOrder(
            base: base.filter { stays[$0] },
            mine: mine.filter { stays[$0] },
            theirs: theirs.filter { stays[$0] },
            count: names.count,
            precedes: { names[$0] < names[$1] }
        ).numbers
    }
}

extension JSONObject {
    /// The object with other values in some slots; those without one go.
    fileprivate func replacing(_ changes: [MergedParts.Change]) -> JSONObject {
        var result = self
        for change in changes {
            if let value = change.value { result.update(slot: change.index) { $0 = value } }
        }
        // By name, and last: a removal may move the slots.
        for change in changes where change.value == nil {
            result.removeValue(named: slots[change.index].name)
        }
        return result
    }
}
