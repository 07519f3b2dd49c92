import JSONDocument

/// What follows a message's header: an array with one node.
enum MessageBody {
    /// The node as an element.
    static func element(in bytes: ArraySlice<UInt8>) throws(MessageError) -> XMLElement {
        guard let start = bytes.firstIndex(where: { !$0.isMessagePadding }),
            let end = bytes.lastIndex(where: { !$0.isMessagePadding })
        else { throw MessageError(message: "a message without a body") }
        let body = Array(bytes[start...end])
        if hasTooManyMarks(body) {
            throw MessageError(
                message: "more values than \(XMLLimits.nodes) elements, texts and attributes need, "
                    + "which is refused"
            )
        }
        guard case .array(let nodes) = try parse(body), let node = nodes.first, nodes.count == 1
        else { throw MessageError(message: "JSON that is not an array with one node") }
        var reader = NodeTreeReader(at: ["0"], nodes: 0, depth: 0)
        return try reader.element(node)
    }

    private static func parse(_ bytes: [UInt8]) throws(MessageError) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw MessageError(
                message: "no JSON: \(error.message) at line \(error.line), "
                    + "column \(error.column) of the body"
            )
        }
    }

    /// Whether more values begin than any tree within `XMLLimits` has: an empty array takes three
    /// bytes of a message and thirty times as many once it is read.
    private static func hasTooManyMarks(_ body: [UInt8]) -> Bool {
        var marks = 0
        var isInString = false
        var isEscaped = false
        for byte in body {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","): marks += 1
            default: break
            }
        }
        return marks > XMLLimits.nodes * marksPerNode
    }

    /// An element's own braces, those of its attributes, the brackets of its content, and the commas
    /// between them and behind it. Attributes and texts need fewer.
    private static let marksPerNode = 6
}
