/// The tokens of a JSON text that nodes are made of (RFC 8259). There are no numbers among them, and
/// no words.
struct JSONScanner {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Whether that comes next, white space aside.
    mutating func isBefore(_ token: Unicode.Scalar) -> Bool {
        while position < bytes.endIndex, XMLCursor.isSpace(bytes[position]) { position += 1 }
        return position < bytes.endIndex && bytes[position] == UInt8(ascii: token)
    }

    mutating func take(_ token: Unicode.Scalar) -> Bool {
        guard isBefore(token) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ token: Unicode.Scalar) throws(MessageProblem) {
        guard take(token) else { throw problem("\(token) was expected") }
    }

    mutating func expectEnd() throws(MessageProblem) {
        _ = isBefore(" ")
        guard position == bytes.endIndex else { throw problem("something follows the array") }
    }

    /// Whether there is another item; takes the comma before it, or else the end.
    mutating func takeItem(
        before end: Unicode.Scalar,
        isFirst: inout Bool
    ) throws(MessageProblem) -> Bool {
        if take(end) { return false }
        if !isFirst { try expect(",") }
        isFirst = false
        return true
    }

    mutating func string() throws(MessageProblem) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.endIndex, !Self.isSpecial(bytes[position]) { position += 1 }
            text += bytes[start..<position]
            guard position < bytes.endIndex else { throw problem("a string is not closed") }
            position += 1
            switch bytes[position - 1] {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped()
            default: throw problem("a control character stands in a string")
            }
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// What an escape stands for; the backslash is gone.
    private mutating func escaped() throws(MessageProblem) -> [UInt8] {
        guard position < bytes.endIndex else { throw problem("a string is not closed") }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return [bytes[position - 1]]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw problem("an escape is none")
        }
    }

    private mutating func unicodeEscape() throws(MessageProblem) -> [UInt8] {
        var value = try fourDigits()
        if (0xD800...0xDBFF).contains(value), bytes[position...].starts(with: Array(#"\u"#.utf8)) {
            position += 2
            let low = try fourDigits()
            guard (0xDC00...0xDFFF).contains(low) else { throw problem("half a pair stands alone") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw problem("half a pair stands alone") }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func fourDigits() throws(MessageProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.endIndex,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw problem("an escape is none") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func problem(_ message: String) -> MessageProblem {
        MessageProblem(message: "JSON, byte \(position - bytes.startIndex): \(message)")
    }
}
