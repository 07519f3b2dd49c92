import Glibc

/// A socket and nothing else: what the server really does is seen here, not what a library makes of
/// it.
final class RawClient {
    enum End: Equatable {
        case closed(String)
        case reset
    }

    struct Problem: Error {
        var call: String
        var code: Int32
    }

    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Problem(call: "socket", code: errno) }
        // Only a bound for a broken server: no test waits for it.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
        // A `sockaddr_in` by hand: to Swift the C structure belongs to whichever module came first.
        let high = UInt8(truncatingIfNeeded: port >> 8)
        let low = UInt8(truncatingIfNeeded: port)
        let family = [UInt8(AF_INET), 0]
        let address = family + [high, low, 127, 0, 0, 1] + [UInt8](repeating: 0, count: 8)
        let result = address.withUnsafeBytes { bytes in
            connect(
                descriptor,
                bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count)
            )
        }
        guard result == 0 else { throw Problem(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Problem(call: "send", code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    func receive(until end: String) throws -> String {
        var bytes: [UInt8] = []
        while !bytes.suffix(end.utf8.count).elementsEqual(end.utf8) {
            let part = try receivePart()
            guard !part.isEmpty else { throw Problem(call: "recv", code: 0) }
            bytes += part
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func receiveToEnd() throws -> End {
        var bytes: [UInt8] = []
        do {
            while true {
                let part = try receivePart()
                if part.isEmpty { return .closed(String(decoding: bytes, as: UTF8.self)) }
                bytes += part
            }
        } catch let problem as Problem where problem.code == ECONNRESET {
            return .reset
        }
    }

    /// Whether the connection is open and has nothing to read, now.
    func hasReceivedNothing() throws -> Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
        return count < 0 && errno == EAGAIN
    }

    /// What has come, up to 64 KiB; nothing at the end.
    func receivePart() throws -> ArraySlice<UInt8> {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &part, part.count, 0)
        guard count >= 0 else { throw Problem(call: "recv", code: errno) }
        return part.prefix(count)
    }
}
