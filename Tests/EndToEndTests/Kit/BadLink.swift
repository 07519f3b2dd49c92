import Foundation
import Glibc
import SeededRandom
import Synchronization

/// A link to the sample server over which connections are slow, stall and break, as the random
/// numbers of a seed say; which connection meets what depends on when they are made.
final class BadLink: Sendable {
    /// What becomes of one connection.
    private enum Fate {
        case passed(millisecondsLate: UInt32)
        /// Broken off, by a reset, after so many bytes of the request or of the answer.
        case broken(afterRequestBytes: Int, afterAnswerBytes: Int)
        /// From that byte on nothing passes any more, and nobody is told.
        case stalled(afterRequestBytes: Int, afterAnswerBytes: Int)
        case refused
    }

    let port: UInt16
    private let target: UInt16
    private let listener: Int32
    private let random: Mutex<SeededGenerator>
    private let isHealed = Atomic(false)

    init(to target: UInt16, seed: UInt64) throws {
        self.target = target
        random = Mutex(SeededGenerator(seed: seed))
        let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_in.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard address.withSocketAddress({ bind(listener, $0, $1) }) == 0,
            listen(listener, 64) == 0,
            address.withSocketAddress({ pointer, _ in
                getsockname(listener, UnsafeMutablePointer(mutating: pointer), &length)
            }) == 0
        else { throw Unexpected(description: "no link") }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [listener, weak self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                guard let link = self else { break }
                Thread.detachNewThread { link.carry(client) }
            }
            close(listener)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// From here on every new connection passes as if there were no link.
    func heal() { isHealed.store(true, ordering: .relaxed) }

    private func fate() -> Fate {
        if isHealed.load(ordering: .relaxed) { return .passed(millisecondsLate: 0) }
        return random.withLock { random in
            let far = 1 << 20
            return switch random.below(10) {
            case 0: .refused
            case 1: .broken(afterRequestBytes: random.below(700), afterAnswerBytes: far)
            case 2, 3: .broken(afterRequestBytes: far, afterAnswerBytes: random.below(500))
            case 4: .stalled(afterRequestBytes: random.below(700), afterAnswerBytes: far)
            case 5: .stalled(afterRequestBytes: far, afterAnswerBytes: random.below(500))
            default: .passed(millisecondsLate: UInt32(random.below(120)))
            }
        }
    }

    private func carry(_ client: Int32) {
        defer { close(client) }
        let fate = fate()
        if case .refused = fate { return reset(client) }
        let server = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        defer { close(server) }
        var address = sockaddr_in.loopback(target)
        guard address.withSocketAddress({ connect(server, $0, $1) }) == 0 else {
            return reset(client)
        }
        var left: [Int32: Int] = [:]
        switch fate {
        case .broken(let request, let answer), .stalled(let request, let answer):
            left = [client: request, server: answer]
        case .passed, .refused: break
        }
        while let source = waitForBytes([client, server]) {
            var chunk = [UInt8](repeating: 0, count: 1 << 14)
            let count = read(source, &chunk, chunk.count)
            guard count > 0 else { return }
            let passing = min(count, left[source] ?? count)
            if case .passed(let milliseconds) = fate { usleep(milliseconds * 1000) }
            let target = source == client ? server : client
            guard send(target, chunk, passing, Int32(MSG_NOSIGNAL)) == passing else { return }
            left[source]? -= passing
            guard passing < count else { continue }
            if case .broken = fate { return reset(client) }
            // Until the client has had enough of waiting.
            while case let more = read(client, &chunk, chunk.count), more > 0 {}
            return
        }
    }

    private func waitForBytes(_ sources: [Int32]) -> Int32? {
        var polls = sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polls, nfds_t(polls.count), 60_000) > 0 else { return nil }
        return polls.first { $0.revents != 0 }?.fd
    }

    /// Closes it so that the other side is told by a reset.
    private func reset(_ socket: Int32) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }
}
