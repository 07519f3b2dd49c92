/// The identity of an element: a scalar, as quick to hash and to put in order as it can be.
///
/// Two keys are equal exactly where their scalars are: `1` and `1.0` are one, `1` and `"1"` two.
enum MergeKey: Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(JSONNumber)
    case string(JSONString)

    /// The key of a scalar, nil for an array or object.
    init?(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .number(let number):
            // What fits an integer has one key, however it was written.
            if let integer = Self.shortInteger(number) ?? number.int {
                self = .integer(integer)
            } else {
                self = .number(number)
            }
        case .string(let string): self = .string(string)
        case .array, .object: return nil
        }
    }

    /// The identity that an element has in a member; null is none, and neither is a missing one.
    init?(of element: JSONValue, in member: JSONString) {
        guard case .object(let object) = element, let slot = object.slot(of: member),
            object.slots[slot].value != .null
        else { return nil }
        self.init(object.slots[slot].value)
    }

    /// The scalar, written in a way that does not depend on where it was found.
    var value: JSONValue {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .integer(let integer): .number(JSONNumber(integer))
        case .number(let number):
            .number(JSONNumber(validatedLiteral: JSONDecimal(number.literal).canonicalLiteral))
        case .string(let string): .string(string)
        }
    }

    /// An integer that is written with few digits only, as nearly all are.
    private static func shortInteger(_ number: JSONNumber) -> Int? {
        let bytes = number.literal.utf8
        guard bytes.count <= 18 else { return nil }
        var value = 0
        for byte in bytes {
            let digit = Int(byte) - Int(UInt8(ascii: "0"))
            guard 0..<10 ~= digit else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension MergeKey: Comparable {
    /// Integers by value, then other numbers, then strings by bytes. Only that all agree on the
    /// order of the others matters.
    static func < (left: MergeKey, right: MergeKey) -> Bool {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): !left && right
        case (.integer(let left), .integer(let right)): left < right
        case (.number(let left), .number(let right)):
            JSONDecimal(left.literal).canonicalLiteral
                < JSONDecimal(right.literal).canonicalLiteral
        case (.string(let left), .string(let right)): left < right
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .bool: 1
        case .integer: 2
        case .number: 3
        case .string: 4
        }
    }
}

extension JSONDecimal {
    /// So many places behind the point are written out.
    private static let placeLimit = 20

    /// The literal that stands for all literals of this value: `1.5` for `1.50` and for `15e-1`.
    var canonicalLiteral: String {
        let sign = isNegative ? "-" : ""
        let digits = digits.map { String($0) }.joined()
        switch exponent {
        case .short(let exponent) where -Self.placeLimit..<0 ~= exponent:
            let padding = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count))
            let padded = padding + digits
            return "\(sign)\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
        case .short(let exponent): return "\(sign)\(digits)e\(exponent)"
        case .long(let isExponentNegative, let exponent):
            let power = exponent.map { String($0) }.joined()
            return "\(sign)\(digits)e\(isExponentNegative ? "-" : "")\(power)"
        }
    }
}
