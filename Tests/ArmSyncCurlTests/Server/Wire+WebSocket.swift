@testable import ArmSyncCurl

/// What a server over a WebSocket sends.
extension Wire {
    /// The answer to a request for a WebSocket.
    static func upgrade(
        _ request: ScriptedServer.Request,
        fields: [String] = []
    ) -> [UInt8] {
        let key = request.head.field("sec-websocket-key") ?? ""
        let lines =
            [
                "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Accept: \(UpgradeRequest.accept(for: key))",
            ] + fields
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    static func frame(
        _ payload: [UInt8],
        opcode: UInt8 = Frame.text,
        isFinal: Bool = true,
        flags: UInt8 = 0
    ) -> [UInt8] {
        let first = opcode | (isFinal ? 0x80 : 0) | flags
        let size =
            switch payload.count {
            case 0..<126: [UInt8(payload.count)]
            case 126..<(1 << 16): [126] + bigEndian(payload.count, bytes: 2)
            default: [127] + bigEndian(payload.count, bytes: 8)
            }
        return [first] + size + payload
    }

    private static func bigEndian(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func closing(_ code: Int) -> [UInt8] {
        frame(bigEndian(code, bytes: 2), opcode: Frame.close)
    }

    static let savedNodes =
        #"[{"_name":"out","_content":[{"_name":"response","_content":[{"_name":"ok"}]}]}]"#
    static let emptyNodes =
        #"[{"_name":"out","_content":[{"_name":"response","_content":[{"_name":"user_data"}]}]}]"#

    /// A message that answers the request with that number.
    static func message(_ body: String, status: Int = 200, to sequence: String) -> [UInt8] {
        let size = String(16 + 3 + body.utf8.count)
        let length = String(repeating: "0", count: 10 - size.count) + size
        return Array("01\(length)\(sequence)\(status)\(body)".utf8)
    }

    /// A frame with the answer that a request waits for.
    static func answer(_ request: ScriptedServer.Request) -> [UInt8] {
        frame(message(request.isSave ? savedNodes : emptyNodes, to: request.sequence))
    }
}

extension ScriptedServer.Request {
    /// The four digits of a message's sequence number.
    var sequence: String { String(decoding: body.dropFirst(12).prefix(4), as: UTF8.self) }
    var isSave: Bool { body.dropFirst(16).starts(with: "save_user_data".utf8) }
    var isUpgrade: Bool { frame == nil }
}

extension ScriptedServer {
    /// A server over WebSocket. Handshakes, pings and farewells it answers as one should, unless
    /// told otherwise; `script` says what is done for each message of text.
    static func webSocket(
        _ script: @escaping @Sendable (Request) -> [Step] = { [.send(Wire.answer($0))] },
        upgrade: @escaping @Sendable (Request) -> [Step] = { [.send(Wire.upgrade($0))] },
        control: @escaping @Sendable (Request, Frame) -> [Step] = answerControl
    ) throws -> ScriptedServer {
        try ScriptedServer { request in
            guard let frame = request.frame else { return upgrade(request) }
            return frame.opcode == Frame.text ? script(request) : control(request, frame)
        }
    }

    static let answerControl: @Sendable (Request, Frame) -> [Step] = { _, frame in
        switch frame.opcode {
        case Frame.ping: [.send(Wire.frame(frame.payload, opcode: Frame.pong))]
        case Frame.close: [.send(Wire.frame(frame.payload, opcode: Frame.close)), .close]
        default: []
        }
    }

    /// The messages that came, without handshakes and control frames.
    var messages: [Request] { requests.filter { $0.frame?.opcode == Frame.text } }
    var upgrades: [Request] { requests.filter(\.isUpgrade) }
}
