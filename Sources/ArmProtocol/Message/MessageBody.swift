import JSONDocument

/// What follows a message's header: an array with one node.
enum MessageBody {
    /// The node as an element.
    static func element(in bytes: ArraySlice<UInt8>) throws(MessageError) -> XMLElement {
        guard let start = bytes.firstIndex(where: { !$0.isMessagePadding }),
            let end = bytes.lastIndex(where: { !$0.isMessagePadding })
        else { throw MessageError(message: "a message without a body") }
        let value = try parse(Array(bytes[start...end]))
        guard case .array(let nodes) = value, let node = nodes.first, nodes.count == 1 else {
            throw MessageError(message: "JSON that is not an array with one node")
        }
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
}
