/// One JSON value (RFC 8259), kept so that what is not touched is written back as it came:
/// number literals as written, members in their order, lone surrogates as they were.
///
/// Equality and hashing are by value: numbers by their mathematical value, objects by their
/// members whatever the order, strings and member names byte for byte.
public enum JSONValue: Hashable, Sendable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it was written.
    case number(JSONNumber)
    /// A string.
    case string(JSONString)
    /// Values in their order.
    case array([JSONValue])
    /// Named values in their order.
    case object(JSONObject)
}

extension JSONValue {
    /// The members, where this is an object.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements, where this is an array.
    public var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The text, where this is a string; a lone surrogate reads as U+FFFD.
    public var text: String? {
        if case .string(let string) = self { string.text } else { nil }
    }

    /// The number, where this is an integer that fits.
    public var int: Int? {
        if case .number(let number) = self { number.int } else { nil }
    }

    /// The truth value, where this is one.
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The member of that name, where this is an object that has it.
    public subscript(name: JSONString) -> JSONValue? {
        object?[name]
    }
}

// Not by a nil literal: `condition ? nil : value` would then quietly mean the value null.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(JSONString(value)) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object; of equal names the last value stands at the first one's place.
    public init(dictionaryLiteral elements: (JSONString, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}
