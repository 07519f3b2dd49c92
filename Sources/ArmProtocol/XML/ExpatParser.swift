import CExpat
import JSONDocument

/// One parse of one body by Expat, without namespace processing and without document types.
///
/// A class, because Expat's callbacks need an address that stays where it is.
final class ExpatParser {
    private let parser: XML_Parser
    private var builder = XMLTreeBuilder()

    /// The root element of a body, or an error that says what the body looks like.
    static func parse(_ body: [UInt8]) throws(MessageError) -> XMLElement {
        if body.count > DocumentLimits.responseBody {
            throw MessageError(
                message: "a body of \(body.count) bytes, over the limit of "
                    + "\(DocumentLimits.responseBody)"
            )
        }
        if BodyGuess.isBlank(body) { throw MessageError(message: "an empty body") }
        return try ExpatParser().run(body)
    }

    private init() throws(MessageError) {
        guard let parser = XML_ParserCreate(nil) else {
            throw MessageError(message: "no memory for an XML parser")
        }
        self.parser = parser
    }

    deinit { XML_ParserFree(parser) }

    private func run(_ body: [UInt8]) throws(MessageError) -> XMLElement {
        installHandlers()
        // One call for the whole body: Expat 2.5 rescans an unfinished token from its start with
        // each piece, which is quadratic in a long attribute, and a document is one attribute. The
        // size was checked above, so it fits C's int.
        let status = body.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: XML_Char.self) {
                XML_Parse(parser, $0.baseAddress, CInt($0.count), 1)
            }
        }
        if let failure = builder.failure { throw failure }
        guard status == XML_STATUS_OK, let root = builder.root else {
            throw BodyGuess.error(
                for: body,
                code: XML_GetErrorCode(parser),
                line: Int(XML_GetCurrentLineNumber(parser)),
                column: Int(XML_GetCurrentColumnNumber(parser)) + 1
            )
        }
        return root
    }

    private func installHandlers() {
        // Unretained is enough: callbacks run only inside `run`, whose caller holds `self`, and the
        // parser that knows the address is freed with it.
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { context, name, attributes in
                ExpatParser.of(context)?.start(name, attributes)
            },
            { context, _ in
                ExpatParser.of(context)?.handle { $0.end() }
            }
        )
        XML_SetCharacterDataHandler(parser) { context, text, count in
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
            ExpatParser.of(context)?.handle { $0.text(bytes) }
        }
        XML_SetStartDoctypeDeclHandler(parser) { context, name, _, _, _ in
            let name = name.map { String(cString: $0) } ?? ""
            ExpatParser.of(context)?.handle { $0.documentType(name) }
        }
        XML_SetUnknownEncodingHandler(
            parser,
            { _, name, encoding in
                guard let name, let encoding else { return CInt(XML_STATUS_ERROR.rawValue) }
                return SingleByteEncoding.fill(encoding, named: String(cString: name))
            },
            nil
        )
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> ExpatParser? {
        context.map { Unmanaged<ExpatParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(
        _ name: UnsafePointer<XML_Char>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        guard let name, var next = attributes else { return }
        var list: [XMLElement.Attribute] = []
        // Expat's list is name, value, name, value and a null at its end. One over the limit is enough
        // for the builder to refuse the element.
        while list.count <= XMLLimits.attributes, let name = next[0], let value = next[1] {
            list.append(
                XMLElement.Attribute(
                    name: JSONString(String(cString: name)),
                    value: JSONString(String(cString: value))
                )
            )
            next += 2
        }
        handle { $0.start(JSONString(String(cString: name)), attributes: list) }
    }

    /// Expat calls a few more handlers after it was stopped: they find the failure and do nothing.
    private func handle(_ event: (inout XMLTreeBuilder) -> Void) {
        guard builder.failure == nil else { return }
        event(&builder)
        if builder.failure != nil { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
    }
}
