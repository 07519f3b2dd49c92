import ArmProtocol
import JSONDocument
import SeededRandom

extension SeededGenerator {
    private static let pieces = [
        "\t", "\n", "\r", "\r\n", " ", "  ", "'", "\"", "&", "<", ">", "]]>", "&amp;", "&#10;",
        "<!--", "-->", "<![CDATA[", "й", "и\u{306}", "Ё", "我", "😀", "\u{85}", "\u{2028}",
        "\u{7F}", "\u{FFFD}", "\u{10FFFF}", "\\", "a", "Z", "0",
    ]
    private static let names = [
        "a", "B2", "_c", "d-e", "f.g", "x:y", "xmlns", "xmlns:x", "отчёт", "user_data", "élan",
    ]

    /// Text with everything in it that an XML writer can get wrong.
    mutating func text(upTo count: Int = 12) -> String {
        (0..<Int.random(in: 0...count, using: &self))
            .map { _ in Self.pieces.randomElement(using: &self) ?? "" }.joined()
    }

    /// A node tree in the shape that reading gives: no empty members, no neighbouring texts.
    ///
    /// - Parameter isPrefixed: whether names may have prefixes or declare them.
    mutating func tree(
        named name: String = "user_data",
        depth: Int = 4,
        isPrefixed: Bool = true
    ) -> JSONValue {
        var node = JSONObject()
        node["_name"] = .string(JSONString(name))
        var attributes = JSONObject()
        for _ in 0..<Int.random(in: 0...3, using: &self) {
            attributes[JSONString(someName(isPrefixed))] = .string(JSONString(text()))
        }
        if !attributes.isEmpty { node["_attributes"] = .object(attributes) }
        var content: [JSONValue] = []
        for _ in 0..<Int.random(in: 0...4, using: &self) where depth > 0 {
            let afterText = content.last?.text != nil
            let words = text()
            if !afterText, !words.isEmpty, Bool.random(using: &self) {
                content.append(.string(JSONString(words)))
            } else {
                let name = someName(isPrefixed)
                content.append(tree(named: name, depth: depth - 1, isPrefixed: isPrefixed))
            }
        }
        if !content.isEmpty { node["_content"] = .array(content) }
        return .object(node)
    }

    private mutating func someName(_ isPrefixed: Bool) -> String {
        let names = Self.names.filter { isPrefixed || !($0.hasPrefix("xmlns") || $0.contains(":")) }
        return names.randomElement(using: &self) ?? "a"
    }
}
