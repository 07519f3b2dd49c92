/// A JSON Pointer (RFC 6901).
public struct JSONPointer: Hashable, Sendable {
    /// The reference tokens, unescaped.
    public var tokens: [JSONString]

    /// The pointer of those tokens; none is the whole document.
    public init(tokens: [JSONString] = []) { self.tokens = tokens }
    /// Parses `""` or `/a~1b/0`.
    public init(parsing text: String) throws(JSONPointerError) { tokens = [] }
    /// The pointer as RFC 6901 writes it.
    public var text: String { "" }
}

/// Why a text is no pointer, or why a pointer leads nowhere.
public struct JSONPointerError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
}

extension JSONValue {
    /// The value at a pointer.
    public func value(at pointer: JSONPointer) throws(JSONPointerError) -> JSONValue { self }
}
