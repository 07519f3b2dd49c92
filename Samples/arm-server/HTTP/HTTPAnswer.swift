import NIOHTTP1

/// A reply as the bytes that go out, head and body together: one write is one segment, where two
/// would wait for each other (Nagle's algorithm against delayed acknowledgements, 40 ms each time).
struct HTTPAnswer: Sendable {
    let bytes: [UInt8]
    /// Whether the connection ends with it.
    let closes: Bool

    init(_ reply: Reply, keepAlive: Bool = true, omitsBody: Bool = false) {
        let (body, type) = Self.body(of: reply)
        let isTruncated = reply.shape == .truncated
        closes = !keepAlive || isTruncated
        let status = HTTPResponseStatus(statusCode: reply.status)
        var head = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
        head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        for field in reply.fields { head += "\(field.name): \(field.value)\r\n" }
        if !keepAlive { head += "Connection: close\r\n" }
        head += "\r\n"
        let sent = omitsBody ? [] : isTruncated ? body.prefix(body.count / 2) : body[...]
        bytes = Array(head.utf8) + sent
    }

    private static func body(of reply: Reply) -> (bytes: [UInt8], type: String) {
        switch reply.content {
        case .page(let text, let type): (Array(text.utf8), type)
        case .message(let root):
            (XMLShape(reply.shape).document(root), "text/xml; charset=utf-8")
        }
    }
}
