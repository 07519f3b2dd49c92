extension JSONValue {
    /// A patch that turns this value into the other: empty exactly where they are equal by value.
    ///
    /// Members are compared by name, elements by what is the same on both sides, so that few
    /// changes make a short patch. Numbers that are written differently but equal, and another
    /// order of members, are no difference.
    public func difference(to other: JSONValue) -> JSONPatch {
        var difference = JSONDifference()
        difference.compare(self, other)
        return JSONPatch(difference.operations)
    }
}

/// The operations between two values, gathered on one walk over both.
struct JSONDifference {
    /// About what an operation takes as text besides its path and value.
    private static let operationWeight = 30
    /// An array's changes may take so many bytes more than the array itself before it is replaced
    /// as a whole.
    private static let arrayAllowance = 256
    /// The same for an object, whose changes say more to a reader than the whole does.
    private static let objectAllowance = 1024

    private(set) var operations: [JSONPatch.Operation] = []
    /// About how many bytes the operations take as text.
    private var weight = 0
    /// The way to the values that are being compared.
    private var path = JSONPointer()
    /// About how many bytes the path takes.
    private var pathWeight = 0

    /// Adds what turns one value into the other, which stand at the path.
    mutating func compare(_ old: JSONValue, _ new: JSONValue) {
        switch (old, new) {
        case (.object(let oldObject), .object(let newObject)):
            let start = (operations.count, weight)
            compare(oldObject, newObject)
            replaceIfShorter(new, since: start, allowance: Self.objectAllowance)
        case (.array(let oldElements), .array(let newElements)):
            let start = (operations.count, weight)
            compare(oldElements, newElements)
            replaceIfShorter(new, since: start, allowance: Self.arrayAllowance)
        default:
            if old != new { append(.replace(path, new), new) }
        }
    }

    /// The same for two values that differ at most where the tokens lead, of which the second has
    /// something there.
    mutating func compare(
        _ old: JSONValue,
        _ new: JSONValue,
        along tokens: ArraySlice<JSONString>
    ) {
        guard let token = tokens.first else { return compare(old, new) }
        let start = (operations.count, weight)
        var step = token
        // What stands behind the last element has no index yet.
        if token == "-", let elements = old.array { step = JSONString(String(elements.count)) }
        let pointer = JSONPointer(tokens: [step])
        guard let newValue = try? new.value(at: pointer) else { return compare(old, new) }
        at(step) {
            if let oldValue = try? old.value(at: pointer) {
                $0.compare(oldValue, newValue, along: tokens.dropFirst())
            } else {
                $0.append(.add($0.path, newValue), newValue)
            }
        }
        let allowance = old.array == nil ? Self.objectAllowance : Self.arrayAllowance
        replaceIfShorter(new, since: start, allowance: allowance)
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject) {
        for (name, _) in old where new.slot(of: name) == nil {
            at(name) { $0.append(.remove($0.path)) }
        }
        for (name, value) in new {
            at(name) {
                if let oldValue = old[name] {
                    $0.compare(oldValue, value)
                } else {
                    $0.append(.add($0.path, value), value)
                }
            }
        }
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue]) {
        let shared = min(old.count, new.count)
        var prefix = 0
        while prefix < shared, old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shared - prefix,
            old[old.count - 1 - suffix] == new[new.count - 1 - suffix]
        { suffix += 1 }
        let alignment = JSONAlignment(
            old[prefix..<old.count - suffix],
            new[prefix..<new.count - suffix]
        )
        // Elements before this index are as they shall be: in the patched array it is an index of
        // the new one.
        for step in alignment.steps {
            switch step {
            case .change(let oldIndex, let newIndex):
                at(newIndex) { $0.compare(old[oldIndex], new[newIndex]) }
            case .remove(let count, let index):
                // From the last to the first, so that each one is named by the index it had.
                for distance in (0..<count).reversed() {
                    at(index + distance) { $0.append(.remove($0.path)) }
                }
            case .insert(let range):
                for index in range {
                    at(index) { $0.append(.add($0.path, new[index]), new[index]) }
                }
            }
        }
    }

    private mutating func at(_ index: Int, _ body: (inout Self) -> Void) {
        at(JSONString(String(index)), body)
    }

    private mutating func at(_ token: JSONString, _ body: (inout Self) -> Void) {
        path.tokens.append(token)
        pathWeight += token.byteCount + 1
        body(&self)
        path.tokens.removeLast()
        pathWeight -= token.byteCount + 1
    }

    private mutating func append(_ operation: JSONPatch.Operation, _ value: JSONValue? = nil) {
        operations.append(operation)
        weight += Self.operationWeight + pathWeight + (value?.weight(upTo: .max) ?? 0)
    }

    /// Says the whole value instead where the operations take more than that.
    private mutating func replaceIfShorter(
        _ value: JSONValue,
        since start: (count: Int, weight: Int),
        allowance: Int
    ) {
        let limit = weight - start.weight - allowance
        guard limit > 0, value.weight(upTo: limit) < limit else { return }
        operations.removeSubrange(start.count...)
        weight = start.weight
        append(.replace(path, value), value)
    }
}
