import JSONDocument

/// Gathers Expat's events into a tree, within `XMLLimits`.
struct XMLTreeBuilder {
    /// The finished root element.
    private(set) var root: XMLElement?
    /// Why the parse has to stop.
    private(set) var failure: MessageError?

    private var open: [XMLElement] = []
    private var text: [UInt8] = []
    private var nodes = 0

    mutating func start(_ name: JSONString, attributes: [XMLElement.Attribute]) {
        flushText()
        count(1 + attributes.count)
        if open.count == XMLLimits.depth {
            fail("elements nested deeper than \(XMLLimits.depth) levels, which is refused")
        }
        if attributes.count > XMLLimits.attributes {
            fail("an element with more than \(XMLLimits.attributes) attributes, which is refused")
        }
        open.append(XMLElement(name: name, attributes: attributes))
    }

    mutating func end() {
        flushText()
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].content.append(.element(element))
        }
    }

    /// Expat gives text in pieces: they are one text until an element begins or ends.
    mutating func text(_ bytes: UnsafeRawBufferPointer) { text += bytes }

    mutating func documentType(_ name: String) {
        let isPage = name.lowercased() == "html"
        fail(isPage ? "an HTML page" : "a document type declaration, which is refused")
    }

    private mutating func flushText() {
        guard !text.isEmpty else { return }
        count(1)
        if !open.isEmpty {
            // Expat hands out nothing but valid UTF-8, whatever the body's encoding was.
            open[open.count - 1].content.append(.text(JSONString(validatedBytes: text)))
        }
        text = []
    }

    private mutating func count(_ more: Int) {
        nodes += more
        if nodes > XMLLimits.nodes {
            fail("more than \(XMLLimits.nodes) elements, texts and attributes, which is refused")
        }
    }

    private mutating func fail(_ message: String) {
        failure = failure ?? MessageError(message: message)
    }
}
