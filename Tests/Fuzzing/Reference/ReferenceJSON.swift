/// RFC 8259 once more, as plainly as can be: whether bytes are a JSON text, and what it says.
///
/// Written without a look at the parser, and without its speed: bytes in, tokens out.
struct ReferenceJSON {
    /// What a text says, apart from white space and the spelling of strings.
    enum Token: Hashable {
        case mark(UInt8)
        case word(String)
        /// A number's literal.
        case number(String)
        /// A string's UTF-16 code units, which hold lone surrogates as they are.
        case string([UInt16])
    }

    private struct Refused: Error {}

    private let bytes: [UInt8]
    private var position = 0
    private var tokens: [Token] = []
    /// The number of pairs of names that are the same in one object.
    private var repeatedNames = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The tokens of a text and whether an object in it has a name twice; nil where it is no JSON
    /// or deeper than a document may be.
    static func read(
        _ bytes: [UInt8],
        maximumDepth: Int
    ) -> (tokens: [Token], repeatsNames: Bool)? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = ReferenceJSON(bytes)
        do {
            try reader.value(maximumDepth)
            reader.skipBlanks()
            guard reader.position == bytes.count else { return nil }
            return (reader.tokens, reader.repeatedNames > 0)
        } catch {
            return nil
        }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func skipBlanks() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func value(_ depth: Int) throws {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): try object(depth)
        case UInt8(ascii: "["): try array(depth)
        case UInt8(ascii: "\""): tokens.append(.string(try string()))
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): try number()
        default:
            for word in ["true", "false", "null"]
            where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                tokens.append(.word(word))
                return
            }
            throw Refused()
        }
    }

    private mutating func mark(_ scalar: Unicode.Scalar) throws {
        skipBlanks()
        guard try take(scalar) else { throw Refused() }
    }

    private mutating func take(_ scalar: Unicode.Scalar) throws -> Bool {
        guard next == UInt8(ascii: scalar) else { return false }
        position += 1
        tokens.append(.mark(UInt8(ascii: scalar)))
        return true
    }

    private mutating func array(_ depth: Int) throws {
        guard depth > 0 else { throw Refused() }
        try mark("[")
        skipBlanks()
        if try take("]") { return }
        while true {
            try value(depth - 1)
            skipBlanks()
            if try take(",") { continue }
            return try mark("]")
        }
    }

    private mutating func object(_ depth: Int) throws {
        guard depth > 0 else { throw Refused() }
        var names: Set<[UInt16]> = []
        try mark("{")
        skipBlanks()
        if try take("}") { return }
        while true {
            skipBlanks()
            let name = try string()
            tokens.append(.string(name))
            if !names.insert(name).inserted { repeatedNames += 1 }
            try mark(":")
            try value(depth - 1)
            skipBlanks()
            if try take(",") { continue }
            return try mark("}")
        }
    }

    private mutating func number() throws {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        tokens.append(.number(String(decoding: bytes[start..<position], as: UTF8.self)))
    }

    private mutating func digits() throws {
        let start = position
        while let byte = next, Self.isDigit(byte) { position += 1 }
        if position == start { throw Refused() }
    }

    private mutating func string() throws -> [UInt16] {
        guard next == UInt8(ascii: "\"") else { throw Refused() }
        position += 1
        var units: [UInt16] = []
        var plain: [UInt8] = []
        func gathered() -> [UInt16] { Array(String(decoding: plain, as: UTF8.self).utf16) }
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return units + gathered()
            case 0..<0x20: throw Refused()
            case UInt8(ascii: "\\"):
                units += gathered()
                plain = []
                units.append(try escape())
            default: plain.append(byte)
            }
        }
        throw Refused()
    }

    private mutating func escape() throws -> UInt16 {
        guard let byte = next else { throw Refused() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            position += 4
            guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), digits.first != "+",
                let unit = UInt16(digits, radix: 16)
            else { throw Refused() }
            return unit
        default: throw Refused()
        }
    }
}
