/// JSON nodes to a tree: an array of one node; a node has `_name`, and it may have `_attributes`
/// with strings and `_content` with nodes and texts. Strict and its own, as the XML reader is.
///
/// What XML could not say is refused: both transports read the same documents.
struct NodeReader {
    private var scanner: JSONScanner

    static func element(from bytes: ArraySlice<UInt8>) throws(MessageProblem) -> Element {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw MessageProblem(message: "the JSON is not UTF-8")
        }
        var reader = NodeReader(scanner: JSONScanner(bytes))
        try reader.scanner.expect("[")
        let root = try reader.node(level: 1)
        try reader.scanner.expect("]")
        try reader.scanner.expectEnd()
        do throws(XMLProblem) {
            try check(root, in: XMLNamespaces())
        } catch {
            throw MessageProblem(message: error.message)
        }
        return root
    }

    private mutating func node(level: Int) throws(MessageProblem) -> Element {
        guard level <= XMLReader.deepestLevel else {
            throw MessageProblem(
                message: "nodes are nested deeper than \(XMLReader.deepestLevel) levels"
            )
        }
        var name: String?
        var attributes: [Attribute]?
        var content: [Node]?
        try scanner.expect("{")
        var isFirst = true
        while try scanner.takeItem(before: "}", isFirst: &isFirst) {
            let member = try scanner.string()
            try scanner.expect(":")
            switch member {
            case "_name" where name == nil: name = try scanner.string()
            case "_attributes" where attributes == nil: attributes = try self.attributes()
            case "_content" where content == nil: content = try self.content(level: level)
            default:
                throw MessageProblem(
                    message: "a node has a member \(member.debugDescription), or has it twice"
                )
            }
        }
        guard let name else { throw MessageProblem(message: "a node has no _name") }
        return Element(name: name, attributes: attributes ?? [], content: content ?? [])
    }

    private mutating func attributes() throws(MessageProblem) -> [Attribute] {
        var attributes: [Attribute] = []
        try scanner.expect("{")
        var isFirst = true
        while try scanner.takeItem(before: "}", isFirst: &isFirst) {
            let name = try scanner.string()
            try scanner.expect(":")
            attributes.append(Attribute(name: name, value: try scanner.string()))
        }
        return attributes
    }

    private mutating func content(level: Int) throws(MessageProblem) -> [Node] {
        var content: [Node] = []
        try scanner.expect("[")
        var isFirst = true
        while try scanner.takeItem(before: "]", isFirst: &isFirst) {
            if scanner.isBefore("\"") {
                content.append(.text(try scanner.string()))
            } else {
                content.append(.element(try node(level: level + 1)))
            }
        }
        return content
    }

    private static func check(
        _ element: Element,
        in scope: XMLNamespaces
    ) throws(XMLProblem) {
        for name in [element.name] + element.attributes.map(\.name)
        where !XMLCharacters.isQualifiedName(name) {
            throw XMLProblem(message: "\(name.debugDescription) is no name")
        }
        let inside = try scope.entering(element)
        for attribute in element.attributes { try check(attribute.value) }
        for node in element.content {
            switch node {
            case .element(let child): try check(child, in: inside)
            case .text(let text): try check(text)
            }
        }
    }

    private static func check(_ text: String) throws(XMLProblem) {
        guard XMLCharacters.areAllowed(Array(text.utf8)) else {
            throw XMLProblem(message: "the message has characters that XML cannot hold")
        }
    }
}
