/// The text of a JSON string or member name: any sequence of Unicode code points, lone surrogates
/// included, compared and hashed byte for byte (never by canonical equivalence).
public struct JSONString: Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
    /// Generalised UTF-8 (WTF-8): UTF-8, with a lone surrogate as its three bytes.
    public private(set) var bytes: [UInt8]

    /// The string with that text.
    public init(_ text: String) { bytes = Array(text.utf8) }
    /// The string with that text.
    public init(stringLiteral value: String) { self.init(value) }
    /// The string with those generalised UTF-8 bytes, which the caller has validated.
    package init(validatedBytes bytes: [UInt8]) { self.bytes = bytes }

    /// The text; a lone surrogate reads as U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Order by bytes.
    public static func < (left: JSONString, right: JSONString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
