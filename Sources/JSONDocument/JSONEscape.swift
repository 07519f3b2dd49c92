/// The escape for one code point that must not be written raw, either because JSON forbids it or
/// because XML 1.0 cannot carry it.
struct JSONEscape {
    let text: String
    /// How many bytes of the string it stands for.
    let length: Int

    /// Whether an escape may have to stand where that byte is.
    @inline(__always)
    static func mayStart(with byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2, 0xED, 0xEF: true
        default: false
        }
    }

    /// The escape for what starts at an index, or nil where that stands for itself.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        func byte(_ distance: Int) -> UInt8 {
            index + distance < bytes.count ? bytes[index + distance] : 0
        }
        switch byte(0) {
        case UInt8(ascii: "\""): self.init("\\\"", 1)
        case UInt8(ascii: "\\"): self.init("\\\\", 1)
        case UInt8(ascii: "\n"): self.init("\\n", 1)
        case UInt8(ascii: "\r"): self.init("\\r", 1)
        case UInt8(ascii: "\t"): self.init("\\t", 1)
        case 0x08: self.init("\\b", 1)
        case 0x0C: self.init("\\f", 1)
        case 0..<0x20, 0x7F: self.init(unit: UInt16(byte(0)), 1)
        // U+0080 to U+009F, which XML 1.0 discourages.
        case 0xC2 where byte(1) < 0xA0: self.init(unit: UInt16(byte(1)), 2)
        // Surrogates, which only ever stand alone here.
        case 0xED where byte(1) >= 0xA0:
            self.init(unit: 0xD000 | UInt16(byte(1) & 0x3F) << 6 | UInt16(byte(2) & 0x3F), 3)
        case 0xEF where byte(1) == 0xBF && byte(2) >= 0xBE:
            self.init(unit: byte(2) == 0xBE ? 0xFFFE : 0xFFFF, 3)
        default: return nil
        }
    }

    private init(_ text: String, _ length: Int) {
        self.text = text
        self.length = length
    }

    private init(unit: UInt16, _ length: Int) {
        let digits = String(unit, radix: 16)
        self.init("\\u" + String(repeating: "0", count: 4 - digits.count) + digits, length)
    }
}
