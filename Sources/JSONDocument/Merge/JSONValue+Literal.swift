extension JSONValue {
    /// Whether both are written alike: equal, with the same literals and order of members.
    func isWritten(like other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let elements), .array(let others)):
            elements.count == others.count
                && elements.indices.allSatisfy { elements[$0].isWritten(like: others[$0]) }
        case (.object(let object), .object(let other)): object.isWritten(like: other)
        default: isScalarWritten(like: other)
        }
    }

    /// Whether both are the same scalar, written alike.
    @inline(__always)
    func isScalarWritten(like other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let value), .bool(let other)): value == other
        // Literals are ASCII, so that Swift's comparison is one of bytes.
        case (.number(let number), .number(let other)): number.literal == other.literal
        case (.string(let string), .string(let other)): string == other
        default: false
        }
    }
}

extension JSONObject {
    fileprivate func isWritten(like other: JSONObject) -> Bool {
        guard count == other.count else { return false }
        return indices.allSatisfy { position in
            let slot = slot(at: position)
            let same = other.slot(at: position)
            return slots[slot].name == other.slots[same].name
                && slots[slot].value.isWritten(like: other.slots[same].value)
        }
    }

    /// Whether both have the same names in the same order.
    func hasNames(of other: JSONObject) -> Bool {
        guard count == other.count else { return false }
        return indices.allSatisfy {
            slots[slot(at: $0)].name == other.slots[other.slot(at: $0)].name
        }
    }

    /// The value of a name that is likely to stand at a position.
    func value(of name: JSONString, near position: Int) -> JSONValue? {
        if position < count {
            let member = slots[slot(at: position)]
            if member.name == name { return member.value }
        }
        return self[name]
    }
}
