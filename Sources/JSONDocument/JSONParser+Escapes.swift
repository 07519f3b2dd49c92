extension JSONParser {
    /// Decodes the escape at the position; true where it is a lone surrogate.
    mutating func appendEscape(_ bytes: Span<UInt8>, opening: Int) throws(Failure) -> Bool {
        let start = position
        guard start + 1 < bytes.count else { throw unterminated(opening) }
        position += 2
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): scratch.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): scratch.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): scratch.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): scratch.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): scratch.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "u"): return try appendUnicodeEscape(bytes, opening: opening)
        default:
            throw Failure(
                message: "there is no such escape; a backslash itself is written \\\\",
                offset: start
            )
        }
        return false
    }

    private mutating func appendUnicodeEscape(
        _ bytes: Span<UInt8>,
        opening: Int
    ) throws(Failure) -> Bool {
        let first = try hexadecimal(bytes, opening: opening)
        guard first & 0xF800 == 0xD800 else {
            append(codePoint: first)
            return false
        }
        if first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let behindFirst = position
            position += 2
            let second = try hexadecimal(bytes, opening: opening)
            if second & 0xFC00 == 0xDC00 {
                append(codePoint: 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF))
                return false
            }
            position = behindFirst
        }
        append(codePoint: first)
        return true
    }

    /// The four hexadecimal digits at the position.
    private mutating func hexadecimal(
        _ bytes: Span<UInt8>,
        opening: Int
    ) throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count else { throw unterminated(opening) }
            let byte = bytes[position]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default:
                throw Failure(message: "\\u needs four hexadecimal digits", offset: position)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Appends a code point, also a surrogate, as UTF-8 lays one out.
    private mutating func append(codePoint: UInt32) {
        func continuation(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: codePoint >> shift & 0x3F | 0x80)
        }
        switch codePoint {
        case 0..<0x80: scratch.append(UInt8(truncatingIfNeeded: codePoint))
        case 0x80..<0x800:
            scratch.append(UInt8(truncatingIfNeeded: codePoint >> 6 | 0xC0))
            scratch.append(continuation(0))
        case 0x800..<0x10000:
            scratch.append(UInt8(truncatingIfNeeded: codePoint >> 12 | 0xE0))
            scratch.append(continuation(6))
            scratch.append(continuation(0))
        default:
            scratch.append(UInt8(truncatingIfNeeded: codePoint >> 18 | 0xF0))
            scratch.append(continuation(12))
            scratch.append(continuation(6))
            scratch.append(continuation(0))
        }
    }
}
