/// Why bytes are not JSON, and where.
public struct JSONParseError: Error, Hashable, Sendable {
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
    /// Bytes before the place.
    public var offset: Int
    /// Line, from 1.
    public var line: Int
    /// Column in code points, from 1.
    public var column: Int
}

extension JSONValue {
    /// Parses one JSON text (RFC 8259): strict UTF-8, no byte order mark, at most 512 deep.
    public init(parsing bytes: [UInt8]) throws(JSONParseError) {
        throw JSONParseError(message: "not built yet", offset: 0, line: 1, column: 1)
    }

    /// Parses one JSON text.
    public init(parsing text: String) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8))
    }
}
