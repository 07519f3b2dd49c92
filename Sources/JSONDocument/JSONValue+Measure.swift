extension JSONValue {
    /// What kind of value this is, with its article, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// How deep arrays and objects lie in one another: 0 for a scalar, 1 for `[]`.
    public var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.lazy.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }

    /// Whether the depth is at most that, found without going deeper; nothing is within less
    /// than none.
    func isWithin(depth limit: Int) -> Bool {
        switch self {
        case .array(let elements):
            limit > 0 && elements.allSatisfy { $0.isWithin(depth: limit - 1) }
        case .object(let object):
            limit > 0 && object.allSatisfy { $0.value.isWithin(depth: limit - 1) }
        default: limit >= 0
        }
    }

    /// About how many bytes the compact text takes, counted no further than the limit.
    func weight(upTo limit: Int) -> Int {
        switch self {
        case .null, .bool: return 5
        case .number(let number): return number.literal.utf8.count + 1
        case .string(let string): return string.byteCount + 3
        case .array(let elements):
            var weight = 3
            for element in elements where weight < limit {
                weight += element.weight(upTo: limit - weight)
            }
            return weight
        case .object(let object):
            var weight = 3
            for (name, value) in object where weight < limit {
                weight += name.byteCount + 3 + value.weight(upTo: limit - weight)
            }
            return weight
        }
    }
}

extension JSONString {
    /// The string as JSON writes it, cut where it is too long for a message.
    var quoted: String {
        let text = JSONValue.string(self).text()
        return text.unicodeScalars.count <= 80
            ? text : String(text.unicodeScalars.prefix(80)) + "…\""
    }
}
