import Foundation
import FoundationXML

/// Builds the tree from libxml2's events. The first trouble ends it: libxml2 itself recovers from
/// some errors and would go on with a guess.
final class XMLTreeBuilder: NSObject, XMLParserDelegate {
    /// Deeper content is refused, so that walking the tree cannot exhaust a thread's stack.
    static let deepestLevel = 256

    private var open: [Element] = []
    private var text = ""
    private var root: Element?
    private var problem: XMLProblem?

    static func element(from bytes: [UInt8]) throws(XMLProblem) -> Element {
        let parser = XMLParser(data: Data(bytes))
        let builder = XMLTreeBuilder()
        parser.delegate = builder
        parser.shouldResolveExternalEntities = false
        let isParsed = parser.parse()
        if let problem = builder.problem { throw problem }
        // A text of under four bytes is reported as parsed without a single event.
        guard isParsed, builder.open.isEmpty, let root = builder.root else {
            throw XMLProblem(message: "the message is not well-formed XML")
        }
        return root
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard open.count < Self.deepestLevel else {
            return fail(parser, "elements are nested deeper than \(Self.deepestLevel) levels")
        }
        endText()
        // The dictionary's order differs from run to run; answers should not.
        let sorted = attributes.sorted { $0.key < $1.key }
        open.append(Element(name: name, attributes: sorted.map(Attribute.init)))
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        endText()
        guard problem == nil, let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].content.append(.element(element))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { append(string) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        append(String(decoding: block, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        let code = (error as NSError).code
        fail(parser, "not well-formed XML near line \(parser.lineNumber) (libxml2 error \(code))")
    }

    /// Text comes in pieces, cut at every reference; it is one node all the same.
    private func append(_ piece: String) {
        if problem == nil && !open.isEmpty { text += piece }
    }

    private func endText() {
        guard !text.isEmpty, let last = open.indices.last else { return }
        open[last].content.append(.text(text))
        text = ""
    }

    private func fail(_ parser: XMLParser, _ message: String) {
        guard problem == nil else { return }
        problem = XMLProblem(message: message)
        parser.abortParsing()
    }
}
