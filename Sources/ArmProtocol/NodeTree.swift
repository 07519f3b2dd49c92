import JSONDocument

/// XML elements as JSON: `{"_name": …, "_attributes": {…}, "_content": [ … ]}`, text as a string
/// inside `_content`, empty members left out. Both a document in nodes form and the messages of the
/// JSON form have this shape.
enum NodeTree {
    static let nameMember: JSONString = "_name"
    static let attributesMember: JSONString = "_attributes"
    static let contentMember: JSONString = "_content"

    /// The tree of an element, under another name than its own where one is given.
    static func json(of element: XMLElement, named name: JSONString? = nil) -> JSONValue {
        var node = JSONObject()
        node[nameMember] = .string(name ?? element.name)
        if !element.attributes.isEmpty {
            var attributes = JSONObject()
            for attribute in element.attributes {
                attributes[attribute.name] = .string(attribute.value)
            }
            node[attributesMember] = .object(attributes)
        }
        if !element.content.isEmpty {
            node[contentMember] = .array(
                element.content.map { piece in
                    switch piece {
                    case .element(let child): json(of: child)
                    case .text(let text): .string(text)
                    }
                }
            )
        }
        return .object(node)
    }

    /// The element of a tree whose top node has to have that name.
    ///
    /// Empty members and neighbouring texts are accepted, though what is read back leaves the one out
    /// and joins the other.
    static func element(
        of value: JSONValue,
        named name: JSONString
    ) throws(MessageError) -> XMLElement {
        var reader = NodeTreeReader(
            nodes: XMLLimits.envelopeNodes,
            depth: XMLLimits.envelopeDepth
        )
        let element = try reader.element(value)
        guard element.name == name else {
            throw MessageError(
                message: "the node tree at /_name: the top node is "
                    + "\(XMLText.quoted(element.name)) instead of '\(name.text)'"
            )
        }
        return element
    }
}
