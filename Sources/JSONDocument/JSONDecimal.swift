/// The value of a number literal in its one normal form: digits without zeros at either end, times
/// a power of ten. Zero has no digits, no sign and no exponent.
struct JSONDecimal: Hashable {
    /// A power of ten, in one representation only for each value.
    enum Exponent: Hashable {
        /// Within ±`shortLimit`.
        case short(Int)
        /// Beyond it: a sign and decimal digits, the most significant first.
        case long(isNegative: Bool, digits: [UInt8])
    }

    /// Far enough below `Int.max` that adding the length of any literal cannot overflow.
    static let shortLimit = 1_000_000_000_000_000_000
    private static let shortDigits = 18

    private(set) var isNegative = false
    private(set) var digits: [UInt8] = []
    private(set) var exponent = Exponent.short(0)

    /// The value of a literal of RFC 8259's form.
    init(_ literal: borrowing String) {
        let bytes = literal.utf8.span
        var index = 0
        var scale = 0
        var isFraction = false
        digits.reserveCapacity(bytes.count)
        scan: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            case let byte:
                if isFraction { scale -= 1 }
                if !(digits.isEmpty && byte == UInt8(ascii: "0")) {
                    digits.append(byte &- UInt8(ascii: "0"))
                }
            }
            index += 1
        }
        while digits.last == 0 {
            digits.removeLast()
            scale += 1
        }
        if digits.isEmpty {
            isNegative = false
        } else {
            exponent = Self.exponent(bytes, after: index, plus: scale)
        }
    }

    /// The exponent part of a literal, from its `e` to the end, and the scale of its digits.
    private static func exponent(_ bytes: Span<UInt8>, after start: Int, plus scale: Int)
        -> Exponent
    {
        var isNegative = false
        var digits: [UInt8] = []
        var index = start + 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "0") where digits.isEmpty: break
            case let byte: digits.append(byte &- UInt8(ascii: "0"))
            }
            index += 1
        }
        if digits.count <= shortDigits {
            let magnitude = digits.reduce(0) { $0 * 10 + Int($1) }
            return normalised((isNegative ? -magnitude : magnitude) + scale)
        }
        return sum(isNegative: isNegative, digits: digits, plus: scale)
    }

    private static func normalised(_ value: Int) -> Exponent {
        if value.magnitude < shortLimit { return .short(value) }
        let digits = String(value.magnitude).utf8.map { $0 &- UInt8(ascii: "0") }
        return .long(isNegative: value < 0, digits: digits)
    }

    /// A number of more than 18 digits and a scale, which is never longer than a text is.
    private static func sum(isNegative: Bool, digits: [UInt8], plus scale: Int) -> Exponent {
        var digits = digits
        var carry = isNegative ? -scale : scale
        var index = digits.count - 1
        while carry != 0, index >= 0 {
            let total = Int(digits[index]) + carry
            let digit = ((total % 10) + 10) % 10
            digits[index] = UInt8(digit)
            carry = (total - digit) / 10
            index -= 1
        }
        while carry > 0 {
            digits.insert(UInt8(carry % 10), at: 0)
            carry /= 10
        }
        let significant = Array(digits.drop { $0 == 0 })
        guard significant.count <= shortDigits else {
            return .long(isNegative: isNegative, digits: significant)
        }
        let magnitude = significant.reduce(0) { $0 * 10 + Int($1) }
        return normalised(isNegative ? -magnitude : magnitude)
    }
}
