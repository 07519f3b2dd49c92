/// A JSON number, kept as the literal it was written as and compared by value.
public struct JSONNumber: Hashable, Sendable {
    /// The literal, as RFC 8259 section 6 has it.
    public let literal: String

    /// The number written so, or nil where that is no JSON number.
    public init?(literal: String) { self.literal = literal }
    /// The number written so, which the caller has validated.
    package init(validatedLiteral literal: String) { self.literal = literal }
    /// An integer.
    public init(_ integer: Int) { literal = String(integer) }

    /// The value, where it is an integer that fits.
    public var int: Int? { Int(literal) }
}
