/// A JSON number, kept as the literal it was written as and compared by value.
///
/// Values are compared as normalised digits and exponent, which are never expanded: `1e999999999`
/// costs no more than `1`, and no exponent, however long, overflows.
public struct JSONNumber: Sendable {
    /// The literal, as RFC 8259 section 6 has it.
    public let literal: String

    /// The number written so, or nil where that is no JSON number.
    public init?(literal: String) {
        var literal = literal
        literal.makeContiguousUTF8()
        guard JSONParser.isNumber(literal.utf8.span) else { return nil }
        self.literal = literal
    }

    /// The number written so, which the caller has validated.
    package init(validatedLiteral literal: String) { self.literal = literal }

    /// The number of a literal that the parser has just read.
    init(validated bytes: Span<UInt8>) {
        literal = String(copying: UTF8Span(unchecked: bytes))
    }

    /// An integer.
    public init(_ integer: Int) { literal = String(integer) }

    /// The value, where it is an integer that fits, however it was written: `1e3` is 1000.
    public var int: Int? {
        let decimal = JSONDecimal(literal)
        guard case .short(let exponent) = decimal.exponent, exponent >= 0,
            decimal.digits.count + exponent <= 19
        else { return nil }
        var value = 0
        for digit in decimal.digits + Array(repeating: 0, count: exponent) {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            // Counted on the negative side, which reaches one further than the positive one.
            let (next, underflow) = tenfold.subtractingReportingOverflow(Int(digit))
            if overflow || underflow { return nil }
            value = next
        }
        if decimal.isNegative { return value }
        return value == .min ? nil : -value
    }
}

extension JSONNumber: Hashable {
    /// Equality by value.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        // Literals are ASCII, so that Swift's comparison is one of bytes.
        left.literal == right.literal || JSONDecimal(left.literal) == JSONDecimal(right.literal)
    }

    /// Hashes the value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(JSONDecimal(literal))
    }
}
