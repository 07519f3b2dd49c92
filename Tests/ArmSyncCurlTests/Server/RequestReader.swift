/// Reads one HTTP request after another from a socket: a head, and the body `Content-Length` says.
struct RequestReader {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next request, or nil where the client has gone.
    mutating func next() -> (head: String, body: [UInt8])? {
        let end = Array("\r\n\r\n".utf8)
        var headCount: Int?
        while headCount == nil {
            headCount = buffer.firstRange(of: end)?.upperBound
            if headCount == nil, !receive() { return nil }
        }
        let head = String(decoding: buffer.prefix(headCount ?? 0), as: UTF8.self)
        buffer.removeFirst(headCount ?? 0)
        let count = head.field("content-length").flatMap { Int($0) } ?? 0
        while buffer.count < count { guard receive() else { return nil } }
        defer { buffer.removeFirst(count) }
        return (head, Array(buffer.prefix(count)))
    }

    private mutating func receive() -> Bool {
        let bytes = Socket.receive(from: descriptor)
        buffer += bytes
        return !bytes.isEmpty
    }
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
