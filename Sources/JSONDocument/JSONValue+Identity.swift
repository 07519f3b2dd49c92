extension JSONValue {
    /// Whether both are written as the same text: equal not only by value but in every literal and
    /// in the order of members.
    package func isIdentical(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.number(let one), .number(let other)): one.literal == other.literal
        case (.string(let one), .string(let other)): one == other
        case (.array(let one), .array(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.isIdentical(to: $1) }
        case (.object(let one), .object(let other)):
            one.count == other.count
                && zip(one, other).allSatisfy {
                    $0.name == $1.name && $0.value.isIdentical(to: $1.value)
                }
        default: false
        }
    }
}
