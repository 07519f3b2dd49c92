/// The vendor's own way to keep a JSON text: `user_data` holds one element, again `user_data`, with
/// the text in an attribute of that name.
enum VendorShape {
    static func content(json: String) -> [Node] {
        [
            .element(
                Element(
                    name: "user_data",
                    attributes: [Attribute(name: "user_data", value: json)]
                )
            )
        ]
    }

    /// The JSON text, where content has that shape and nothing else.
    static func json(of content: [Node]) -> String? {
        let whole = Element(name: "user_data", content: content)
        guard !whole.hasText, whole.children.count == 1, let inner = whole.children.first,
            inner.name == "user_data", inner.content.isEmpty, inner.attributes.count == 1
        else { return nil }
        return inner.attribute("user_data")
    }

    /// Slightly different content, as a server would make it that meddles with data: a member more
    /// where there is a JSON object, else an element more.
    static func altered(_ content: [Node]) -> [Node] {
        guard var text = json(of: content), text.hasPrefix("{"), let end = text.lastIndex(of: "}")
        else { return content + [.element(Element(name: "altered"))] }
        let isEmpty = text[text.index(after: text.startIndex)..<end].allSatisfy(\.isWhitespace)
        text.insert(contentsOf: (isEmpty ? "" : ",") + #""altered":true"#, at: end)
        return self.content(json: text)
    }
}
