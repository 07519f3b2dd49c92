import JSONDocument

extension Envelope {
    static let userDataName: JSONString = "user_data"

    /// What a `user_data` element holds.
    func userData(in element: XMLElement) -> UserData {
        switch shape(of: element) {
        case .empty: return .empty
        case .json(let text): return document(parsing: text)
        case .nodes:
            let tree = NodeTree.json(of: element, named: Self.userDataName)
            guard let reason = Self.excess(of: tree) else { return .document(tree, .nodes) }
            var text: [UInt8] = []
            element.write(into: &text)
            return .foreign(
                ForeignContent(text: String(decoding: text, as: UTF8.self), reason: reason)
            )
        }
    }

    /// The `user_data` element that says it; nil for no element.
    func element(for data: UserData) throws(MessageError) -> XMLElement? {
        switch data {
        case .absent: return nil
        case .empty: return XMLElement(name: Self.userDataName)
        case .document(let value, .json): return try jsonElement(value)
        case .document(let value, .nodes): return try nodesElement(value)
        case .foreign:
            throw MessageError(
                message: "content that could not be read is never sent back: "
                    + "it could only be sent as something else than it was"
            )
        }
    }

    private enum Shape {
        case empty
        case json(JSONString)
        case nodes
    }

    /// The JSON form is exactly one element with exactly one attribute. White space around it does
    /// not count: a server that indents its answers must not turn one form into the other.
    private func shape(of element: XMLElement) -> Shape {
        guard element.attributes.isEmpty, !element.hasText else { return .nodes }
        let children = element.elements
        guard let child = children.first else { return .empty }
        guard children.count == 1, child.name == JSONString(mapping.element),
            child.attributes.count == 1, let attribute = child.attributes.first,
            attribute.name == JSONString(mapping.attribute),
            child.elements.isEmpty, !child.hasText
        else { return .nodes }
        return .json(attribute.value)
    }

    private func document(parsing text: JSONString) -> UserData {
        do {
            let value = try JSONValue(parsing: text.bytes)
            guard let reason = Self.excess(of: value) else { return .document(value, .json) }
            return .foreign(ForeignContent(text: text.text, reason: reason))
        } catch {
            let place = "line \(error.line), column \(error.column)"
            return .foreign(
                ForeignContent(text: text.text, reason: "no JSON: \(error.message) at \(place)")
            )
        }
    }

    private static func excess(of value: JSONValue) -> String? {
        let size = value.serialized().count
        guard size > DocumentLimits.json else { return nil }
        return "\(size) bytes of compact JSON, over the limit of \(DocumentLimits.json)"
    }

    private func jsonElement(_ value: JSONValue) throws(MessageError) -> XMLElement {
        let text = JSONString(validatedBytes: try jsonText(of: value))
        let payload = XMLElement(
            name: JSONString(mapping.element),
            attributes: [.init(name: JSONString(mapping.attribute), value: text)]
        )
        return XMLElement(name: Self.userDataName, content: [.element(payload)])
    }

    /// A document's compact JSON, where it can be sent under the mapping's names.
    func jsonText(of value: JSONValue) throws(MessageError) -> [UInt8] {
        try checkNames()
        if value.depth > JSONValue.depthLimit {
            throw MessageError(
                message: "the document is nested deeper than \(JSONValue.depthLimit) levels"
            )
        }
        let text = value.serialized()
        if let excess = DocumentLimits.excess(of: text) { throw MessageError(message: excess) }
        if let character = XMLText.forbidden(in: text) {
            throw MessageError(
                message: "the document's JSON has \(character), which XML cannot hold"
            )
        }
        return text
    }

    func checkNames() throws(MessageError) {
        var names = XMLNames()
        for name in [JSONString(mapping.element), JSONString(mapping.attribute)]
        where !names.accepts(name) {
            throw MessageError(
                message: "the payload mapping's \(XMLText.quoted(name)) is no XML name"
            )
        }
    }

    func nodesElement(_ value: JSONValue) throws(MessageError) -> XMLElement {
        let element = try NodeTree.element(of: value, named: Self.userDataName)
        switch shape(of: element) {
        case .nodes: break
        case .empty:
            throw MessageError(
                message: "a node tree without attributes and content "
                    + "could not be told from empty user data"
            )
        case .json:
            throw MessageError(
                message: "a node tree of one '\(mapping.element)' element with one "
                    + "'\(mapping.attribute)' attribute would be read back as JSON"
            )
        }
        let excess =
            Self.excess(of: value).map { "the document is " + $0 }
            ?? element.escapedSize.excess
        if let excess { throw MessageError(message: excess) }
        return element
    }
}
