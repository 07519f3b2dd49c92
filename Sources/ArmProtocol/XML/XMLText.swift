import JSONDocument

/// What XML 1.0 can hold (section 2.2), on UTF-8 bytes.
enum XMLText {
    /// The first character that XML 1.0 has no way to write, or nil.
    static func forbidden(in bytes: [UInt8]) -> String? {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x20...0xEC, 0xEE, 0xF0...: continue
            case 0x09, 0x0A, 0x0D: continue
            case 0x00..<0x20:
                return "U+00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            case 0xED where index + 1 < bytes.count && bytes[index + 1] >= 0xA0:
                return "a lone surrogate"
            case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF:
                if bytes[index + 2] == 0xBE { return "U+FFFE" }
                if bytes[index + 2] == 0xBF { return "U+FFFF" }
            default: continue
            }
        }
        return nil
    }

    /// The longest prefix of at most that many bytes that ends between two characters.
    static func prefix(of bytes: [UInt8], limit: Int) -> String {
        guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
        var end = limit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// A name from outside, short enough for a message.
    static func quoted(_ name: JSONString) -> String {
        let short = prefix(of: name.bytes, limit: XMLLimits.quotedName)
        return "'\(short)\(short.utf8.count < name.bytes.count ? "…" : "")'"
    }

    /// A place among names from outside, short enough for a message and without what a terminal
    /// might obey.
    static func written(_ place: JSONPointer) -> String {
        let text = Array(JSONValue.string(place.string).serialized().dropFirst().dropLast())
        let short = prefix(of: text, limit: XMLLimits.writtenPlace)
        return short.utf8.count < text.count ? "\(short)…" : short
    }
}
