import JSONDocument

/// Reads a node tree, within `XMLLimits`, and knows where it is.
struct NodeTreeReader {
    private var path: [JSONString]
    private var names = XMLNames()
    private var nodes: Int
    private var depth: Int

    /// A reader of a tree that stands at a path, with so many nodes beside it and levels above it.
    init(at path: [JSONString] = [], nodes: Int, depth: Int) {
        self.path = path
        self.nodes = nodes
        self.depth = depth
    }

    mutating func element(_ value: JSONValue) throws(MessageError) -> XMLElement {
        guard case .object(let members) = value else {
            throw error("a node is an object or a string")
        }
        try count(1)
        depth += 1
        if depth > XMLLimits.depth {
            throw error(
                "nodes nested too deep, over \(XMLLimits.depth) levels with the envelope"
            )
        }
        var element = XMLElement(name: "")
        for (member, value) in members {
            path.append(member)
            switch member {
            case NodeTree.nameMember: element.name = try name(value)
            case NodeTree.attributesMember: element.attributes = try attributes(value)
            case NodeTree.contentMember: element.content = try content(value)
            default: throw error("a node has only _name, _attributes and _content")
            }
            path.removeLast()
        }
        if members[NodeTree.nameMember] == nil { throw error("a node needs _name") }
        depth -= 1
        return element
    }

    private mutating func name(_ value: JSONValue) throws(MessageError) -> JSONString {
        guard case .string(let name) = value, names.accepts(name) else {
            throw error("no XML name")
        }
        return name
    }

    private mutating func attributes(
        _ value: JSONValue
    ) throws(MessageError) -> [XMLElement.Attribute] {
        guard case .object(let members) = value else { throw error("attributes are an object") }
        if members.count > XMLLimits.attributes {
            throw error("over \(XMLLimits.attributes) attributes")
        }
        try count(members.count)
        var attributes: [XMLElement.Attribute] = []
        for (name, value) in members {
            path.append(name)
            if !names.accepts(name) { throw error("no XML name") }
            guard case .string(let text) = value else { throw error("an attribute is a string") }
            try check(text)
            attributes.append(XMLElement.Attribute(name: name, value: text))
            path.removeLast()
        }
        return attributes
    }

    private mutating func content(
        _ value: JSONValue
    ) throws(MessageError) -> [XMLElement.Content] {
        guard case .array(let list) = value else { throw error("content is an array") }
        var content: [XMLElement.Content] = []
        var text: [UInt8] = []
        for (index, value) in list.enumerated() {
            path.append(JSONString(String(index)))
            if case .string(let piece) = value {
                try check(piece)
                text += piece.bytes
            } else {
                try flush(&text, into: &content)
                content.append(.element(try element(value)))
            }
            path.removeLast()
        }
        try flush(&text, into: &content)
        return content
    }

    private mutating func flush(
        _ text: inout [UInt8],
        into content: inout [XMLElement.Content]
    ) throws(MessageError) {
        guard !text.isEmpty else { return }
        try count(1)
        content.append(.text(JSONString(validatedBytes: text)))
        text = []
    }

    private func check(_ text: JSONString) throws(MessageError) {
        if let character = XMLText.forbidden(in: text.bytes) {
            throw error("\(character), which XML cannot hold")
        }
    }

    private mutating func count(_ more: Int) throws(MessageError) {
        nodes += more
        if nodes > XMLLimits.nodes {
            throw error("over \(XMLLimits.nodes) elements, texts and attributes")
        }
    }

    private func error(_ message: String) -> MessageError {
        let place = path.isEmpty ? "its top" : XMLText.written(JSONPointer(tokens: path))
        return MessageError(message: "the node tree at \(place): \(message)")
    }
}
