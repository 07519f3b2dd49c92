import CExpat

/// What a body that is no message of the switch looks like, said for people.
enum BodyGuess {
    /// How far into a body its kind is looked for.
    private static let head = 1024

    /// Whether there is nothing but white space, after an optional byte order mark.
    static func isBlank(_ body: [UInt8]) -> Bool {
        (body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...])
            .allSatisfy(\.isXMLWhiteSpace)
    }

    /// The error for a body at which Expat stopped.
    static func error(
        for body: [UInt8],
        code: XML_Error,
        line: Int,
        column: Int
    ) -> MessageError {
        let start = body.prefix(head).drop { $0.isXMLWhiteSpace }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        if text.contains("<html") || text.hasPrefix("<!doctype html") {
            return MessageError(message: "an HTML page")
        }
        if text.hasPrefix("{") || text.hasPrefix("[") {
            return MessageError(message: "JSON instead of XML")
        }
        // Bytes of another encoding may hide a `<`; only plain ASCII is surely not markup.
        if let first = start.first, (0x21..<0x7F).contains(first), first != UInt8(ascii: "<") {
            return MessageError(message: "plain text instead of XML")
        }
        switch code {
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
            XML_ERROR_UNCLOSED_CDATA_SECTION:
            return MessageError(message: "XML cut short at line \(line)")
        case XML_ERROR_UNKNOWN_ENCODING:
            return MessageError(message: "XML in an encoding that is not known here")
        default:
            let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "unknown error"
            return MessageError(
                message: "broken XML (\(reason)) at line \(line), column \(column)"
            )
        }
    }
}
