/// A JSON Pointer (RFC 6901): the way to one value in a document.
public struct JSONPointer: Hashable, Sendable {
    /// The reference tokens, unescaped.
    public var tokens: [JSONString]

    /// The pointer of those tokens; none is the whole document.
    public init(tokens: [JSONString] = []) { self.tokens = tokens }

    /// Parses `""` or `/a~1b/0`.
    public init(parsing text: String) throws(JSONPointerError) {
        try self.init(parsing: JSONString(text))
    }

    /// Parses the string form, which may hold lone surrogates.
    public init(parsing string: JSONString) throws(JSONPointerError) {
        let bytes = string.bytes
        tokens = []
        guard let first = bytes.first else { return }
        guard first == UInt8(ascii: "/") else {
            throw JSONPointerError(
                message: first == UInt8(ascii: "#")
                    ? "a pointer starts with a slash, not with #, such as /name"
                    : "a pointer starts with a slash, such as /name"
            )
        }
        for token in bytes.dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        ) {
            tokens.append(try Self.unescaped(token))
        }
    }

    /// The pointer as RFC 6901 writes it; a lone surrogate in a name reads as U+FFFD.
    public var text: String { string.text }

    /// The pointer as RFC 6901 writes it.
    public var string: JSONString {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.bytes {
                switch byte {
                case UInt8(ascii: "~"): bytes += [byte, UInt8(ascii: "0")]
                case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: bytes.append(byte)
                }
            }
        }
        return JSONString(validatedBytes: bytes)
    }

    /// The pointer one token further.
    public func appending(_ token: JSONString) -> JSONPointer {
        JSONPointer(tokens: tokens + [token])
    }

    /// The pointer to an element of the array that this one leads to.
    public func appending(_ index: Int) -> JSONPointer {
        appending(JSONString(String(index)))
    }

    /// Whether this pointer leads to the other's place or to something inside it.
    public func isAtOrInside(_ other: JSONPointer) -> Bool {
        tokens.starts(with: other.tokens)
    }

    private static func unescaped(_ token: ArraySlice<UInt8>) throws(JSONPointerError) -> JSONString
    {
        var bytes: [UInt8] = []
        var rest = token
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default:
                throw JSONPointerError(
                    message: "in a pointer ~ is written ~0 and a slash in a name ~1, "
                        + "but \(JSONString(validatedBytes: Array(token)).quoted) has a bare ~"
                )
            }
        }
        return JSONString(validatedBytes: bytes)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as RFC 6901 writes it.
    public var description: String { text }
}
