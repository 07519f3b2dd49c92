extension JSONParser {
    /// What the grammar wants at a place.
    enum Expectation: String {
        case value = "a value"
        case name = "a member name in double quotes"
        case colon = "a colon after the member name"
        case arrayEnd = "a comma or ] after the element"
        case objectEnd = "a comma or } after the member"
    }

    /// The failure of finding something else at the position.
    func unexpected(_ expectation: Expectation, _ bytes: Span<UInt8>) -> Failure {
        guard position < bytes.count else {
            return Failure(
                message: bytes.isEmpty
                    ? "there is no JSON here, the text is empty"
                    : "the text ends too early: \(expectation.rawValue) should follow",
                offset: position
            )
        }
        let message =
            mistake(expectation, bytes) ?? "\(expectation.rawValue) should stand here, "
            + "not \(found(bytes))"
        return Failure(message: message, offset: position)
    }

    /// The failure of finding more behind the value.
    func trailing(_ bytes: Span<UInt8>) -> Failure {
        Failure(
            message: mistake(nil, bytes)
                ?? "nothing may follow the value, but there is \(found(bytes))",
            offset: position
        )
    }

    /// The failure of a string without an end.
    func unterminated(_ opening: Int) -> Failure {
        Failure(message: "the string that starts here has no closing quote", offset: opening)
    }

    /// The failure of a raw control character in a string.
    func control(_ bytes: Span<UInt8>) -> Failure {
        let escape: String
        switch bytes[position] {
        case UInt8(ascii: "\n"): escape = "a line break in a string is written \\n"
        case UInt8(ascii: "\r"): escape = "a carriage return in a string is written \\r"
        case UInt8(ascii: "\t"): escape = "a tab in a string is written \\t"
        case let byte:
            escape =
                "a control character in a string is written as an escape, here \\u00"
                + Self.hexadecimal(byte)
        }
        return Failure(message: escape, offset: position)
    }

    /// The failure of bytes that are no UTF-8.
    func malformed(_ bytes: Span<UInt8>) -> Failure {
        Failure(
            message: "the text is not UTF-8: byte 0x\(Self.hexadecimal(bytes[position])) "
                + "does not start a valid sequence here",
            offset: position
        )
    }

    /// The mistakes that people make, named as what they are.
    private func mistake(_ expectation: Expectation?, _ bytes: Span<UInt8>) -> String? {
        let isAfterComma = lastByte(bytes) == UInt8(ascii: ",")
        switch (bytes[position], expectation) {
        case (0xEF, _) where position == 0 && bytes.count > 2 && bytes[1] == 0xBB:
            return "the text starts with a byte order mark; JSON has none"
        case (0, _), (0xFE, _), (0xFF, _):
            return "the text is not UTF-8 (UTF-16, or not a text at all?)"
        case (UInt8(ascii: "]"), .value) where isAfterComma,
            (UInt8(ascii: "}"), .name) where isAfterComma:
            return "a comma stands before the closing bracket; the last one has none"
        case (UInt8(ascii: "'"), _): return "strings stand in double quotes, not single ones"
        case (UInt8(ascii: "/"), _), (UInt8(ascii: "#"), _): return "JSON has no comments"
        case (UInt8(ascii: "+"), .value): return "a number has no plus sign"
        case (UInt8(ascii: "."), .value): return "a number has a digit before its decimal point"
        case (UInt8(ascii: "="), .colon): return "a colon stands after a member name, not ="
        case (let byte, .name) where Self.isLetter(byte) || byte == UInt8(ascii: "_"):
            return "a member name stands in double quotes"
        case (let byte, .value) where Self.isLetter(byte): return mistake(word: word(bytes))
        default: return nil
        }
    }

    private func mistake(word: String) -> String {
        switch word.lowercased() {
        case "true", "false", "null": "\(word.lowercased()) is written in small letters"
        case "nan", "infinity", "inf": "\(word) is no JSON number"
        case "undefined", "none", "nil": "\(word) is not known to JSON; did you mean null?"
        default: "\(word) is no JSON value; a string stands in double quotes"
        }
    }

    /// The last byte before the position that is not white space.
    private func lastByte(_ bytes: Span<UInt8>) -> UInt8? {
        var index = position - 1
        while index >= 0 {
            if bytes[index] > UInt8(ascii: " ") { return bytes[index] }
            index -= 1
        }
        return nil
    }

    /// The letters at the position, not too many of them.
    private func word(_ bytes: Span<UInt8>) -> String {
        var letters: [UInt8] = []
        while letters.count < 20, position + letters.count < bytes.count,
            Self.isLetter(bytes[position + letters.count])
        {
            letters.append(bytes[position + letters.count])
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private func found(_ bytes: Span<UInt8>) -> String {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\""): return "a quotation mark"
        case 0x21..<0x7F: return "\"\(UnicodeScalar(byte))\""
        case 0x80...: return "a character beyond ASCII"
        default: return "the control character 0x\(Self.hexadecimal(byte))"
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0\(digits)" : digits
    }
}
