extension JSONParser {
    /// The string at the quotation mark.
    mutating func string(_ bytes: Span<UInt8>) throws(Failure) -> JSONString {
        let opening = position
        position += 1
        let start = position
        guard try skipPlain(bytes, opening: opening) == UInt8(ascii: "\"") else {
            return try escapedString(bytes, opening: opening)
        }
        let text = JSONString(wellFormed: bytes.extracting(start..<position))
        wasEscaped = false
        position += 1
        return text
    }

    /// The rest of a string that has an escape at the position.
    private mutating func escapedString(
        _ bytes: Span<UInt8>,
        opening: Int
    ) throws(Failure) -> JSONString {
        scratch.removeAll(keepingCapacity: true)
        var start = opening + 1
        var hasLoneSurrogate = false
        repeat {
            appendToScratch(bytes.extracting(start..<position))
            if try appendEscape(bytes, opening: opening) { hasLoneSurrogate = true }
            start = position
        } while try skipPlain(bytes, opening: opening) == UInt8(ascii: "\\")
        appendToScratch(bytes.extracting(start..<position))
        wasEscaped = true
        position += 1
        return hasLoneSurrogate
            ? JSONString(validatedBytes: scratch) : JSONString(wellFormed: scratch.span)
    }

    private mutating func appendToScratch(_ bytes: Span<UInt8>) {
        for index in bytes.indices { scratch.append(bytes[index]) }
    }

    /// Goes past everything that stands for itself, and gives back the quotation mark or backslash
    /// that ends it.
    @inline(__always)
    private mutating func skipPlain(
        _ bytes: Span<UInt8>,
        opening: Int
    ) throws(Failure) -> UInt8 {
        while true {
            while position &+ 8 <= bytes.count {
                let special = JSONScan.special(
                    bytes.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
                )
                guard special == 0 else {
                    position &+= special.trailingZeroBitCount / 8
                    break
                }
                position &+= 8
            }
            guard position < bytes.count else { throw unterminated(opening) }
            switch bytes[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return bytes[position]
            case 0..<0x20: throw control(bytes)
            case 0..<0x80: position &+= 1
            default: try skipMultibyte(bytes)
            }
        }
    }

    /// Goes past code points of two to four bytes (Unicode, table 3-7: well-formed UTF-8).
    @inline(__always)
    private mutating func skipMultibyte(_ bytes: Span<UInt8>) throws(Failure) {
        repeat {
            let lead = bytes[position]
            switch lead {
            case 0xC2...0xDF:
                guard isContinuation(bytes, 1) else { throw malformed(bytes) }
                position &+= 2
            case 0xE0...0xEF:
                // Below A0 an E0 is overlong, above 9F an ED is a surrogate.
                guard
                    isContinuation(
                        bytes,
                        1,
                        lead == 0xE0 ? 0xA0 : 0x80,
                        lead == 0xED ? 0x9F : 0xBF
                    ),
                    isContinuation(bytes, 2)
                else { throw malformed(bytes) }
                position &+= 3
            case 0xF0...0xF4:
                // Below 90 an F0 is overlong, above 8F an F4 is past U+10FFFF.
                guard
                    isContinuation(
                        bytes,
                        1,
                        lead == 0xF0 ? 0x90 : 0x80,
                        lead == 0xF4 ? 0x8F : 0xBF
                    ),
                    isContinuation(bytes, 2), isContinuation(bytes, 3)
                else { throw malformed(bytes) }
                position &+= 4
            default: throw malformed(bytes)
            }
        } while position < bytes.count && bytes[position] >= 0x80
    }

    @inline(__always)
    private func isContinuation(
        _ bytes: Span<UInt8>,
        _ distance: Int,
        _ low: UInt8 = 0x80,
        _ high: UInt8 = 0xBF
    ) -> Bool {
        let index = position &+ distance
        return index < bytes.count && bytes[index] >= low && bytes[index] <= high
    }
}
