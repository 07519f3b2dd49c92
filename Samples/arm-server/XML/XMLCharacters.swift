/// The character classes of XML 1.0, fifth edition, and of its namespaces.
enum XMLCharacters {
    /// Whether XML can hold every character of a text in UTF-8, be it as a reference.
    static func areAllowed(_ text: [UInt8]) -> Bool {
        var (second, last): (UInt8, UInt8) = (0, 0)
        for byte in text {
            if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D { return false }
            // U+FFFE and U+FFFF.
            if byte >= 0xBE && last == 0xBF && second == 0xEF { return false }
            second = last
            last = byte
        }
        return true
    }

    /// One name, or two with a colon between them.
    static func isQualifiedName(_ text: String) -> Bool {
        let parts = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                part.first.map(startsName) == true && part.allSatisfy(continuesName)
            }
    }

    /// What `&…;` stands for; nil for what would need a DTD and for characters that XML cannot hold.
    static func text(ofReference name: String) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        // A sign would be read as part of the number.
        guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-"),
            let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), isAllowed(value)
        else { return nil }
        return Unicode.Scalar(value).map(String.init)
    }

    private static func isAllowed(_ value: UInt32) -> Bool {
        switch value {
        case 0x20...0xD7FF, 0x09, 0x0A, 0x0D, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
            0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
            0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: startsName(scalar)
        }
    }
}
