/// Reads one HTTP request after another from a socket: a head, and the body `Content-Length` says.
/// Behind a request for a WebSocket come frames (RFC 6455, 5.2).
struct RequestReader {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private var readsFrames = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next request, or nil where the client has gone.
    mutating func next() -> (head: String, body: [UInt8], frame: Frame?)? {
        if readsFrames {
            return nextFrame().map { ("", $0.payload, $0) }
        }
        let end = Array("\r\n\r\n".utf8)
        var headCount: Int?
        while headCount == nil {
            headCount = buffer.firstRange(of: end)?.upperBound
            if headCount == nil, !receive() { return nil }
        }
        let head = String(decoding: buffer.prefix(headCount ?? 0), as: UTF8.self)
        buffer.removeFirst(headCount ?? 0)
        readsFrames = head.field("upgrade") == "websocket"
        let count = head.field("content-length").flatMap { Int($0) } ?? 0
        return take(count).map { (head, $0, nil) }
    }

    private mutating func nextFrame() -> Frame? {
        guard let start = take(2) else { return nil }
        var size = Int(start[1] & 0x7F)
        if size >= 126 {
            guard let bytes = take(size == 126 ? 2 : 8) else { return nil }
            size = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        let isMasked = start[1] & 0x80 != 0
        guard let key = take(isMasked ? 4 : 0), let payload = take(size) else { return nil }
        return Frame(
            isFinal: start[0] & 0x80 != 0,
            opcode: start[0] & 0x0F,
            key: isMasked ? key : nil,
            payload: isMasked
                ? payload.indices.map { payload[$0] ^ key[$0 % 4] } : payload
        )
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        while buffer.count < count { guard receive() else { return nil } }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private mutating func receive() -> Bool {
        let bytes = Socket.receive(from: descriptor)
        buffer += bytes
        return !bytes.isEmpty
    }
}

/// A frame as a client sent it, unmasked.
struct Frame: Sendable, Equatable {
    var isFinal: Bool
    var opcode: UInt8
    /// What it was masked with; nil was not.
    var key: [UInt8]?
    var payload: [UInt8]

    static let text: UInt8 = 1
    static let binary: UInt8 = 2
    static let close: UInt8 = 8
    static let ping: UInt8 = 9
    static let pong: UInt8 = 10
}

extension String {
    /// The value of a header field in a head.
    func field(_ name: String, separator: String = "\r\n") -> String? {
        for line in split(separator: separator) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }
}
