/// Ids as names of folders: reversible, and unable to leave the folder or to break it.
///
/// Letters, digits, `-`, `_` and `.` stand for themselves; every other byte, a leading dot and a
/// lone `_` (which stands for no agent) are written as `%` and two upper-case digits.
enum FolderName {
    /// Most bytes of an encoded id; with what is added to names it stays under the 255 of Linux.
    static let byteLimit = 240

    /// The folder of a document without an agent.
    static let noAgent = "_"

    /// The name for an id; nil where it is empty or its name would be too long.
    static func encoded(_ id: String) -> String? {
        let bytes = Array(id.utf8)
        // Checked before anything is built: an id may be as large as a command line.
        guard !bytes.isEmpty, bytes.count <= byteLimit else { return nil }
        var name: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let standsOut = index == 0 && byte == UInt8(ascii: ".")
            let isAlone = bytes.count == 1 && byte == UInt8(ascii: "_")
            if isPlain(byte) && !standsOut && !isAlone {
                name.append(byte)
            } else {
                name += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0xf)]
            }
        }
        return name.count <= byteLimit ? String(decoding: name, as: UTF8.self) : nil
    }

    /// The id a name stands for; nil where the name is not one we would give.
    static func decoded(_ name: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value),
                let low = rest.popFirst().flatMap(value)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        guard let id = String(validating: bytes, as: UTF8.self) else { return nil }
        return encoded(id) == name ? id : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
