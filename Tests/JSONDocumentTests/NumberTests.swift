import JSONDocument
import Testing

@Suite struct NumberTests {
    private static let nines = String(repeating: "9", count: 400)
    private static let zeros = String(repeating: "0", count: 400)

    /// Groups of literals: equal within a group, different across groups.
    static let groups: [[String]] = [
        ["0", "-0", "0.0", "-0.000", "0e5", "0E-99999999999999999999", "-0e\(nines)"],
        ["1", "1.0", "10e-1", "0.1E1", "1e0", "1E+00", "0.0001e4", "1000e-003"],
        ["-1", "-1.0", "-10e-1"],
        ["10", "1e1", "1E+1", "100e-1", "10.0"],
        ["12345678901234567890", "1234567890123456789e1", "1.2345678901234567890e19"],
        ["12345678901234567891"], ["12345678901234567892"],
        ["0.1", "1e-1", "0.10"], ["0.3"], ["0.30000000000000004"],
        ["1e999999999", "10e999999998", "0.1e1000000000"], ["1e-999999999"], ["1e999999998"],
        ["1e999999999999999999", "10e999999999999999998", "0.1e1000000000000000000"],
        ["1e1000000000000000000", "10e999999999999999999", "0.01e1000000000000000002"],
        ["1e9999999999999999999", "0.1e10000000000000000000"],
        ["1e-1000000000000000000", "0.1e-999999999999999999", "10e-1000000000000000001"],
        ["1e\(nines)", "0.1e1\(zeros)", "10e\(nines.dropLast())8"],
        ["1e-\(nines)", "10e-1\(zeros)", "1e-000\(nines)"], ["1e-1\(zeros)", "0.1e-\(nines)"],
        ["1\(zeros)", "1e400", "10\(zeros)e-1"], ["0.\(zeros)1", "1e-401"], ["1\(zeros)1"],
    ]

    @Test func `Numbers are equal, and hash equal, exactly where their values are equal`() throws {
        let numbers = try Self.groups.map { try $0.map { try #require(JSONNumber(literal: $0)) } }
        for (index, group) in numbers.enumerated() {
            for (otherIndex, others) in numbers.enumerated() {
                for number in group {
                    for other in others {
                        #expect((number == other) == (index == otherIndex))
                        #expect(number.hashValue == other.hashValue || index != otherIndex)
                    }
                }
            }
        }
        #expect(Set(numbers.joined()).count == Self.groups.count)
    }

    @Test(arguments: (0..<20).map { UInt64($0) })
    func `Equality agrees with that of the digits written out`(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let numbers = (0..<40).map { _ in random.number() }
        for number in numbers {
            for other in numbers {
                let isSame = Self.writtenOut(number) == Self.writtenOut(other)
                #expect(
                    (number == other) == isSame,
                    "seed \(seed): \(number.literal) and \(other.literal)"
                )
            }
        }
    }

    /// The value in units of 10⁻¹⁰, which is exact for all numbers that are made at random.
    private static func writtenOut(_ number: JSONNumber) -> Int {
        let parts = number.literal.lowercased().split(separator: "e")
        let decimals = parts[0].split(separator: ".")
        let exponent = 10 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        let fraction = decimals.count > 1 ? String(decimals[1]) : ""
        let digits = Int(decimals[0].drop { $0 == "-" } + fraction) ?? 0
        let value = (fraction.count..<exponent).reduce(digits) { value, _ in value * 10 }
        return number.literal.hasPrefix("-") ? -value : value
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("42", 42), ("1e3", 1000), ("1.50e1", 15), ("-7.0", -7), ("1.5", nil),
        ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
        ("1e18", 1_000_000_000_000_000_000),
        ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e19", nil), ("0.1", nil),
        ("1e999999999999", nil), ("1e-1", nil), ("10000000000000000000000e-20", 100),
    ])
    func `An integer that fits is read as one, however it is written`(
        literal: String,
        expected: Int?
    ) throws {
        #expect(try #require(JSONNumber(literal: literal)).int == expected)
    }

    @Test(arguments: [
        "", "-", "+1", "01", "1.", ".1", "1e", "1e+", "0x1", " 1", "1 ", "1,", "NaN", "١", "1\u{0}",
        "--1", "1e1.0", "00", "-01",
    ])
    func `What is no number makes none`(literal: String) {
        #expect(JSONNumber(literal: literal) == nil)
    }

    @Test func `A number keeps its literal`() throws {
        for literal in Self.groups.joined() {
            #expect(JSONNumber(literal: literal)?.literal == literal)
            #expect(try JSONValue(parsing: literal).text() == literal)
        }
    }
}
