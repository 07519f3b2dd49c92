import Foundation
import Glibc

/// The other end of one WebSocket, made of a bare socket: what is on the wire is seen here by nobody
/// else's reading of it.
final class RawWebSocket {
    /// One frame of the client's, unmasked (RFC 6455, 5.2).
    struct Frame {
        var isLast: Bool
        var kind: UInt8
        var isMasked: Bool
        var payload: [UInt8]
    }

    let port: UInt16
    private let listener: Int32
    private var connection: Int32 = -1

    init() throws {
        listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in.loopback(0)
        let listener = listener
        let bound = address.withSocketAddress { bind(listener, $0, $1) }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = address.withSocketAddress { pointer, _ in
            getsockname(listener, UnsafeMutablePointer(mutating: pointer), &length)
        }
        guard bound == 0, named == 0, listen(listener, 1) == 0 else {
            throw Unexpected(description: "no free port")
        }
        port = UInt16(bigEndian: address.sin_port)
        try limit(listener)
    }

    deinit {
        if connection >= 0 { close(connection) }
        close(listener)
    }

    /// Takes a connection, in the place of any before it, answers the upgrade, and returns the request's head.
    func accept() throws -> String {
        if connection >= 0 { close(connection) }
        connection = Glibc.accept(listener, nil, nil)
        guard connection >= 0 else { throw Unexpected(description: "nobody connects") }
        try limit(connection)
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try read(1) }
        let text = String(decoding: head, as: UTF8.self)
        let field = "sec-websocket-key: "
        let key = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix(field) }
        guard let key = key?.dropFirst(field.count) else {
            throw Unexpected(description: "no wish for a WebSocket: \(text)")
        }
        try write(
            Array(
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(try digest(of: key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))\r
                \r

                """.utf8
            )
        )
        return text
    }

    /// The next frame.
    func frame() throws -> Frame {
        let start = try read(2)
        var size = Int(start[1] & 0x7F)
        if size > 125 {
            size = try read(size == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        let isMasked = start[1] & 0x80 != 0
        let mask = isMasked ? try read(4) : [0, 0, 0, 0]
        let payload = try read(size).enumerated().map { $1 ^ mask[$0 % 4] }
        return Frame(
            isLast: start[0] & 0x80 != 0,
            kind: start[0] & 0x0F,
            isMasked: isMasked,
            payload: payload
        )
    }

    /// Sends a text frame of less than 64 KiB.
    ///
    /// - Parameter isLast: whether a Close frame comes with it, in the same segment: going away.
    func send(_ text: [UInt8], isLast: Bool = false) throws {
        let size =
            text.count > 125
            ? [126, UInt8(text.count >> 8), UInt8(text.count & 0xFF)] : [UInt8(text.count)]
        try write([0x81] + size + text + (isLast ? [0x88, 2, 0x03, 0xE9] : []))
    }

    /// Nothing waits for ever.
    private func limit(_ socket: Int32) throws {
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            socket,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &limit,
            socklen_t(MemoryLayout<timeval>.size)
        )
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress.map { $0 + done }, count - done, 0)
            }
            guard got > 0 else { throw Unexpected(description: "the client says no more") }
            done += got
        }
        return bytes
    }

    private func write(_ bytes: [UInt8]) throws {
        let sent = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard sent == bytes.count else { throw Unexpected(description: "the client hung up") }
    }

    /// The SHA-1 of a text in base64 (RFC 6455, 4.2.2).
    private func digest(of text: some StringProtocol) throws -> String {
        let sum = try ChildProcess(
            "/bin/sh",
            ["-c", #"printf %s "$TEXT" | sha1sum"#],
            environment: ["TEXT": String(text), "PATH": "/usr/bin:/bin"]
        ).wait().output
        let digits = Array(sum.prefix(40))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
