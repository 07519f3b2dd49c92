import JSONDocument

/// Bytes of something in the wordiest way that a server is likely to write it, in each encoding.
struct EscapedSize {
    var xml = 0
    var json = 0

    /// Why that is too much to be read back, or nil where it is not.
    var excess: String? {
        let limit = DocumentLimits.responseBody - DocumentLimits.envelope
        guard max(xml, json) > limit else { return nil }
        let (size, encoding) = xml >= json ? (xml, "XML") : (json, "a JSON message")
        return "the document may take \(size) bytes once a server has escaped it as \(encoding), "
            + "over the limit of \(limit) that can be read back"
    }

    /// Adds text between quotes or tags.
    mutating func add(_ text: some Sequence<UInt8>) {
        for byte in text {
            let growth = Self.growth[Int(byte)]
            xml += 1 + Int(growth.xml)
            json += 1 + Int(growth.json)
        }
    }

    /// Adds what is not escaped, such as tags and brackets.
    mutating func add(xml: Int, json: Int) {
        self.xml += xml
        self.json += json
    }

    /// What a byte adds to itself. No sum is more than six times the text.
    private static let growth: [(xml: UInt8, json: UInt8)] = (0...UInt8.max).map { byte in
        (xml: growthInXML(byte), json: growthInJSON(byte))
    }

    private static func growthInXML(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), 0x09, 0x0A, 0x0D: 5
        case UInt8(ascii: "&"): 4
        case UInt8(ascii: "<"), UInt8(ascii: ">"): 3
        default: 0
        }
    }

    /// Some programs escape what is special in HTML, some the slash, some all that is not ASCII: six
    /// bytes for two or three, and twelve for four.
    private static func growthInJSON(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): 1
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "="), 0x00..<0x20, 0x7F:
            5
        case 0xC0..<0xE0: 4
        case 0xE0..<0xF0: 3
        case 0xF0...: 8
        default: 0
        }
    }
}

extension DocumentLimits {
    /// The size of a text that stands in an attribute.
    static func escapedSize(of text: [UInt8]) -> EscapedSize {
        var size = EscapedSize()
        size.add(text)
        return size
    }
}

extension XMLElement {
    /// The size of the element, in XML with an end tag even where it is empty.
    var escapedSize: EscapedSize {
        var size = EscapedSize()
        add(to: &size)
        return size
    }

    private func add(to size: inout EscapedSize) {
        size.add(name.bytes)
        size.add(
            xml: name.bytes.count + "<></>".utf8.count,
            json: #"{"_name":"","_attributes":{},"_content":[]},"#.utf8.count
        )
        for attribute in attributes {
            size.add(attribute.name.bytes)
            size.add(attribute.value.bytes)
            size.add(xml: " =''".utf8.count, json: #""":"","#.utf8.count)
        }
        for piece in content {
            switch piece {
            case .element(let child): child.add(to: &size)
            case .text(let text):
                size.add(text.bytes)
                size.add(xml: 0, json: #""","#.utf8.count)
            }
        }
    }
}
