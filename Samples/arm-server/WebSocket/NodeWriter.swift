/// A tree to compact JSON nodes.
enum NodeWriter {
    static func document(_ root: Element) -> [UInt8] {
        var bytes = Array("[".utf8)
        write(root, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// A node's text up to, not including, what its `_content` holds.
    static func start(_ element: Element) -> [UInt8] {
        var bytes = head(element)
        bytes += #","_content":["#.utf8
        return bytes
    }

    private static func write(_ element: Element, to bytes: inout [UInt8]) {
        guard !element.content.isEmpty else {
            bytes += head(element)
            bytes.append(UInt8(ascii: "}"))
            return
        }
        bytes += start(element)
        for (index, node) in element.content.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch node {
            case .element(let child): write(child, to: &bytes)
            case .text(let text): quote(text, to: &bytes)
            }
        }
        bytes += "]}".utf8
    }

    /// Name and attributes.
    private static func head(_ element: Element) -> [UInt8] {
        var bytes = Array(#"{"_name":"#.utf8)
        quote(element.name, to: &bytes)
        guard !element.attributes.isEmpty else { return bytes }
        bytes += #","_attributes":{"#.utf8
        for (index, attribute) in element.attributes.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            quote(attribute.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            quote(attribute.value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case 0x0A: bytes += #"\n"#.utf8
            case 0x0D: bytes += #"\r"#.utf8
            case 0x09: bytes += #"\t"#.utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
