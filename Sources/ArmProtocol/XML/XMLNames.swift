import JSONDocument

/// Judges XML names, and remembers those beyond ASCII because judging them costs a parse.
struct XMLNames {
    private var accepted: Set<JSONString> = []

    /// Whether Expat would read the name back as it is.
    ///
    /// XML 1.0's fifth edition allows more names than the fourth, and parsers differ. The one that
    /// will read the document back decides.
    mutating func accepts(_ name: JSONString) -> Bool {
        guard let first = name.bytes.first, Self.starts(first) else { return false }
        guard name.bytes.allSatisfy(Self.continues) else { return false }
        if name.bytes.allSatisfy({ $0 < 0x80 }) || accepted.contains(name) { return true }
        guard XMLText.forbidden(in: name.bytes) == nil else { return false }
        var probe: [UInt8] = []
        XMLElement(name: name).write(into: &probe)
        guard let read = try? ExpatParser.parse(probe), read.name == name else { return false }
        accepted.insert(name)
        return true
    }

    private static func starts(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }

    private static func continues(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: starts(byte)
        }
    }
}
