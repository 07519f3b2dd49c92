import Glibc

/// One HTTP request to the sample server's control URL, over a connection of its own: nothing here
/// shares code or a library with what is tested.
struct ControlRequest {
    var method: String
    var path: String
    var body = ""

    /// Status and body of the answer.
    func answer(port: UInt16) throws -> (status: Int, body: String) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        defer { close(socket) }
        var address = sockaddr_in.loopback(port)
        let connected = address.withSocketAddress { connect(socket, $0, $1) }
        guard connected == 0 else {
            throw Unexpected(description: "the sample server does not listen")
        }
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        var rest = Array((head + body).utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Unexpected(description: "the sample server hung up") }
            rest = rest.dropFirst(count)
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(socket, &chunk, chunk.count, 0), count > 0 {
            bytes += chunk[..<count]
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(
            separator: "\r\n\r\n",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, let status = Int(text.dropFirst(9).prefix(3)) else {
            throw Unexpected(description: "the sample server answered: \(text)")
        }
        return (status, String(parts[1]))
    }
}

/// A port that stays ours while nobody listens there: bound, so that the system gives it to nobody
/// else, and reusable, so that the sample server may listen at it all the same.
final class ReservedPort {
    let number: UInt16
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var one: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in.loopback(0)
        let socket = socket
        let bound = address.withSocketAddress { bind(socket, $0, $1) }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = address.withSocketAddress { pointer, _ in
            getsockname(socket, UnsafeMutablePointer(mutating: pointer), &length)
        }
        guard bound == 0, named == 0 else { throw Unexpected(description: "no free port") }
        number = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }
}

extension sockaddr_in {
    static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// The address as the socket calls take any kind of address.
    mutating func withSocketAddress(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &self) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
