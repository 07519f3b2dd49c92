extension JSONParser {
    /// Whether those bytes are a number and nothing else.
    static func isNumber(_ bytes: Span<UInt8>) -> Bool {
        var parser = JSONParser()
        do {
            try parser.skipNumber(bytes)
        } catch {
            return false
        }
        return parser.position == bytes.count
    }

    /// Goes past a number (RFC 8259, section 6).
    mutating func skipNumber(_ bytes: Span<UInt8>) throws(Failure) {
        if next(bytes) == UInt8(ascii: "-") { position += 1 }
        if next(bytes) == UInt8(ascii: "0") {
            position += 1
            if Self.isDigit(next(bytes)) {
                throw Failure(
                    message: "a number has no leading zero",
                    offset: position - 1
                )
            }
        } else {
            try skipDigits("a minus sign needs a digit behind it", bytes)
        }
        if next(bytes) == UInt8(ascii: ".") {
            position += 1
            try skipDigits("a decimal point needs a digit behind it", bytes)
        }
        if next(bytes) == UInt8(ascii: "e") || next(bytes) == UInt8(ascii: "E") {
            position += 1
            if next(bytes) == UInt8(ascii: "+") || next(bytes) == UInt8(ascii: "-") {
                position += 1
            }
            try skipDigits("an exponent needs a digit", bytes)
        }
    }

    @inline(__always)
    private mutating func skipDigits(_ missing: String, _ bytes: Span<UInt8>) throws(Failure) {
        guard Self.isDigit(next(bytes)) else { throw Failure(message: missing, offset: position) }
        repeat { position &+= 1 } while Self.isDigit(next(bytes))
    }

    /// The byte to be read, or NUL, which belongs to no number, at the end.
    @inline(__always)
    private func next(_ bytes: Span<UInt8>) -> UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
