import NIOHTTP1

/// Requests to open a WebSocket (RFC 6455, 4.2.1).
extension Router {
    func opening(of request: HTTPRequest, in domain: String) -> Delivery {
        guard request.method == .GET else {
            var reply = Reply.text(405, "a WebSocket is opened with GET\n")
            reply.fields = [("Allow", "GET")]
            return refuse(request, reply)
        }
        guard request.asksForUpgrade else {
            var reply = Reply.text(426, "there is only a WebSocket at this path\n")
            reply.fields = [("Upgrade", "websocket")]
            return refuse(request, reply)
        }
        guard request.headers["Sec-WebSocket-Version"] == ["13"] else {
            var reply = Reply.text(426, "the version of a WebSocket is 13\n")
            reply.fields = [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
            return refuse(request, reply)
        }
        guard Self.isKey(request.headers["Sec-WebSocket-Key"]) else {
            return refuse(request, .text(400, "Sec-WebSocket-Key is not 16 bytes in Base64\n"))
        }
        return switchboard.open(
            target: request.target,
            domain: domain,
            connection: request.connection
        )
    }

    private static func isKey(_ values: [String]) -> Bool {
        guard values.count == 1, values[0].utf8.count == 24, values[0].hasSuffix("==") else {
            return false
        }
        return values[0].utf8.dropLast(2).allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }
}

extension HTTPRequest {
    /// Whether the client asks for a WebSocket, with the header fields that RFC 6455 wants.
    var asksForUpgrade: Bool {
        let lists = ["Upgrade", "Connection"].map { name in
            headers[canonicalForm: name].map { $0.lowercased() }
        }
        return lists[0].contains("websocket") && lists[1].contains("upgrade")
    }
}
