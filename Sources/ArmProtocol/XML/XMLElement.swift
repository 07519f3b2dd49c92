import JSONDocument

/// An XML element, read without namespace processing: prefixes and `xmlns` attributes stay as they
/// were written.
///
/// Names and text are `JSONString` because that type compares byte for byte, as XML does.
struct XMLElement: Hashable, Sendable {
    /// A piece of an element's content.
    enum Content: Hashable, Sendable {
        case element(XMLElement)
        case text(JSONString)
    }

    /// A name and its normalised value.
    struct Attribute: Hashable, Sendable {
        var name: JSONString
        var value: JSONString
    }

    var name: JSONString
    var attributes: [Attribute] = []
    var content: [Content] = []
}

extension XMLElement {
    /// The name without its prefix.
    var localName: JSONString {
        guard let colon = name.bytes.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return JSONString(validatedBytes: Array(name.bytes[(colon + 1)...]))
    }

    /// The child elements, in their order.
    var elements: [XMLElement] {
        content.compactMap { if case .element(let child) = $0 { child } else { nil } }
    }

    /// The text directly inside, without that of child elements.
    var text: [UInt8] {
        content.flatMap { piece -> [UInt8] in
            if case .text(let text) = piece { text.bytes } else { [] }
        }
    }

    /// Whether anything but white space stands between the child elements.
    var hasText: Bool { !text.allSatisfy(\.isXMLWhiteSpace) }

    /// The child elements of that local name.
    func elements(named name: JSONString) -> [XMLElement] {
        elements.filter { $0.localName == name }
    }
}

extension UInt8 {
    /// White space as XML 1.0 section 2.3 has it.
    var isXMLWhiteSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
}
