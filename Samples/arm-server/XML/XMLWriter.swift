/// A tree to XML text that reads back as the same tree.
enum XMLWriter {
    static let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"

    static func document(_ root: Element) -> [UInt8] {
        var bytes = Array(declaration.utf8)
        write(root, to: &bytes)
        return bytes
    }

    static func content(_ nodes: [Node]) -> [UInt8] {
        var bytes: [UInt8] = []
        for node in nodes { write(node, to: &bytes) }
        return bytes
    }

    /// The start tag up to, not including, its `>` or `/>`.
    static func startTag(_ element: Element) -> [UInt8] {
        var bytes = Array("<\(element.name)".utf8)
        for attribute in element.attributes {
            bytes += " \(attribute.name)=\"".utf8
            escape(attribute.value, inAttribute: true, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        return bytes
    }

    private static func write(_ node: Node, to bytes: inout [UInt8]) {
        switch node {
        case .element(let element): write(element, to: &bytes)
        case .text(let text): escape(text, inAttribute: false, to: &bytes)
        }
    }

    private static func write(_ element: Element, to bytes: inout [UInt8]) {
        bytes += startTag(element)
        guard !element.content.isEmpty else {
            bytes += "/>".utf8
            return
        }
        bytes.append(UInt8(ascii: ">"))
        for node in element.content { write(node, to: &bytes) }
        bytes += "</\(element.name)>".utf8
    }

    /// A parser turns raw line ends and tabs of an attribute into spaces, and a raw carriage return
    /// of a text into a newline; references survive.
    private static func escape(_ text: String, inAttribute: Bool, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\r"): bytes += "&#13;".utf8
            case UInt8(ascii: "\"") where inAttribute: bytes += "&quot;".utf8
            case UInt8(ascii: "\t") where inAttribute: bytes += "&#9;".utf8
            case UInt8(ascii: "\n") where inAttribute: bytes += "&#10;".utf8
            default: bytes.append(byte)
            }
        }
    }
}
