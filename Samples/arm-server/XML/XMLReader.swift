/// XML text to a tree. Strict and its own: the client under test has another parser, so that neither
/// hides the other's mistakes. (libxml2 by way of Foundation was tried: it ends at attributes of
/// 10 MB, which a document of the largest size can exceed once escaped.)
///
/// UTF-8 only. Document type declarations are refused, and with them every entity but the five.
struct XMLReader {
    /// Deeper content is refused, so that walking the tree cannot exhaust a thread's stack.
    static let deepestLevel = 256

    var cursor: XMLCursor
    private var open: [Element] = []
    private var scopes: [XMLNamespaces] = [XMLNamespaces()]
    private var text: [UInt8] = []

    static func element(from bytes: [UInt8]) throws(XMLProblem) -> Element {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLProblem(message: "the message is not UTF-8")
        }
        guard XMLCharacters.areAllowed(bytes) else {
            throw XMLProblem(message: "the message has characters that XML cannot hold")
        }
        var reader = XMLReader(cursor: XMLCursor(bytes))
        do throws(XMLProblem) {
            return try reader.document()
        } catch {
            throw XMLProblem(message: "line \(reader.cursor.line): \(error.message)")
        }
    }

    private init(cursor: XMLCursor) { self.cursor = cursor }

    private mutating func document() throws(XMLProblem) -> Element {
        _ = cursor.skip("\u{FEFF}")
        try declaration()
        try miscellany()
        guard cursor.skip("<") else { throw XMLProblem(message: "there is no root element") }
        var root = try startTag()
        while root == nil { root = try content() }
        try miscellany()
        guard let root, cursor.next == nil else {
            throw XMLProblem(message: "something follows the root element")
        }
        return root
    }

    /// Takes the next piece of an open element; gives the root once it is closed.
    private mutating func content() throws(XMLProblem) -> Element? {
        text += try characters(until: UInt8(ascii: "<"), in: .text)
        guard cursor.next != nil else {
            throw XMLProblem(message: "an element is not closed")
        }
        if cursor.skip("<![CDATA[") {
            guard let section = cursor.take(through: "]]>") else {
                throw XMLProblem(message: "a CDATA section is not closed")
            }
            text += Self.withNormalLineEnds(section)
        } else if cursor.stands(before: "<!") || cursor.stands(before: "<?") {
            try commentOrInstruction()
        } else if cursor.skip("</") {
            endText()
            return try endTag()
        } else {
            endText()
            _ = cursor.skip("<")
            return try startTag()
        }
        return nil
    }

    private mutating func endText() {
        guard !text.isEmpty, let last = open.indices.last else { return }
        open[last].content.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
    }

    private mutating func startTag() throws(XMLProblem) -> Element? {
        guard open.count < Self.deepestLevel else {
            throw XMLProblem(
                message: "elements are nested deeper than \(Self.deepestLevel) levels"
            )
        }
        let element = Element(name: try name(), attributes: try attributes())
        scopes.append(try scopes[scopes.count - 1].entering(element))
        open.append(element)
        if cursor.skip("/>") { return close() }
        guard cursor.skip(">") else {
            throw XMLProblem(message: "the tag of \(element.name) is not well-formed")
        }
        return nil
    }

    private mutating func endTag() throws(XMLProblem) -> Element? {
        let name = try name()
        _ = cursor.skipSpace()
        guard let expected = open.last?.name, name.utf8.elementsEqual(expected.utf8),
            cursor.skip(">")
        else { throw XMLProblem(message: "</\(name)> closes nothing that is open") }
        return close()
    }

    /// Ends the innermost element; gives it if it was the root.
    private mutating func close() -> Element? {
        scopes.removeLast()
        let element = open.removeLast()
        guard let parent = open.indices.last else { return element }
        open[parent].content.append(.element(element))
        return nil
    }
}
