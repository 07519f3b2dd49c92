/// An element of a message: names as they were written, prefixes and namespace declarations
/// included. XML and the WebSocket's JSON are two spellings of the same tree.
struct Element: Sendable {
    var name: String
    var attributes: [Attribute] = []
    var content: [Node] = []

    func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// The child elements, text left out.
    var children: [Element] {
        content.compactMap { node in
            if case .element(let child) = node { child } else { nil }
        }
    }

    /// Whether some text among the children is more than layout.
    var hasText: Bool {
        content.contains { node in
            guard case .text(let text) = node else { return false }
            return !text.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        }
    }
}

/// One attribute, its value after the parser's normalisation.
struct Attribute: Sendable {
    var name: String
    var value: String
}

/// What an element holds. Comments and processing instructions are not data and are not kept.
enum Node: Sendable {
    case element(Element)
    case text(String)
}
