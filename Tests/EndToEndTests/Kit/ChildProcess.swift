import Foundation
import Glibc

/// A program under test: started, fed, watched and, where the test is about that, killed.
final class ChildProcess {
    private static let starting = NSLock()

    let id: pid_t
    private let name: String
    private var streams: [(descriptor: Int32, bytes: [UInt8])]
    private var end: Outcome.End?

    /// - Parameters:
    ///   - input: an open file for standard input; `/dev/null` unless given.
    ///   - isNonBlocking: whether standard output would rather fail than wait for its reader.
    ///   - leadsGroup: whether it and what it starts can be killed together.
    init(
        _ program: String,
        _ arguments: [String],
        environment: [String: String],
        input: Int32? = nil,
        isNonBlocking: Bool = false,
        leadsGroup: Bool = false
    ) throws {
        // A program started meanwhile by another test would keep the pipes open: they can be marked
        // to be closed only after they were made.
        Self.starting.lock()
        defer { Self.starting.unlock() }
        let (output, outputEnd) = try Self.pipe()
        let (errors, errorsEnd) = try Self.pipe()
        if isNonBlocking { _ = fcntl(outputEnd, F_SETFL, O_NONBLOCK) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { for descriptor in [outputEnd, errorsEnd, null] { close(descriptor) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in [input ?? null, outputEnd, errorsEnd].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // A test runner may ignore SIGPIPE, and SIGINT where it runs in the background; a shell does
        // not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGPIPE, SIGINT] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // Nor does it block any: a shell that is never told of its children's ends waits for ever.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
        let signals = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(signals | group))

        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables =
            Sanitizing.environment(of: [program] + arguments, environment)
            .map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, program, &actions, &attributes, words, variables)
        guard error == 0 else {
            throw Unexpected(
                description: "\(program) cannot start: \(String(cString: strerror(error)))"
            )
        }
        self.id = id
        name = ([program.split(separator: "/").last.map(String.init) ?? program] + arguments)
            .joined(separator: " ")
        streams = [(output, []), (errors, [])]
    }

    deinit {
        if end == nil {
            kill(id, SIGKILL)
            reap()
        }
        for stream in streams where stream.descriptor >= 0 { close(stream.descriptor) }
    }

    func signal(_ number: Int32) { kill(id, number) }

    /// To everything it started, too.
    func signalGroup(_ number: Int32) { kill(-id, number) }

    /// Waits until both streams are closed, and with them the program at its end.
    func wait(within limit: Duration = .seconds(60)) throws -> Outcome {
        try gather(within: limit, waitingFor: "its end") { false }
        reap()
        return Outcome(
            end: end ?? .exited(-1),
            bytes: streams[0].bytes,
            errors: String(decoding: streams[1].bytes, as: UTF8.self)
        )
    }

    /// Waits until standard output holds a text, and returns all of it so far.
    @discardableResult
    func output(containing text: String, within limit: Duration = .seconds(60)) throws -> String {
        try gather(within: limit, waitingFor: "\"\(text)\"") { [unowned self] in
            String(decoding: self.streams[0].bytes, as: UTF8.self).contains(text)
        }
        return String(decoding: streams[0].bytes, as: UTF8.self)
    }

    /// What standard output holds by now.
    func outputSoFar() throws -> String {
        var polls = [pollfd(fd: streams[0].descriptor, events: Int16(POLLIN), revents: 0)]
        while streams[0].descriptor >= 0, poll(&polls, 1, 0) > 0 { drain(0) }
        return String(decoding: streams[0].bytes, as: UTF8.self)
    }

    private func gather(
        within limit: Duration,
        waitingFor what: String,
        until isDone: () -> Bool
    ) throws {
        let limit = limit * Sanitizing.slowness
        let deadline = ContinuousClock.now + limit
        while !isDone(), streams.contains(where: { $0.descriptor >= 0 }) {
            let left = deadline - .now
            guard left > .zero else {
                kill(id, SIGKILL)
                let said = streams.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
                throw Unexpected(
                    description: "\(name): waited \(limit) for \(what); it said: \(said)"
                )
            }
            var polls = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            poll(&polls, nfds_t(polls.count), left.pollTimeout)
            for (index, entry) in polls.enumerated() where entry.revents != 0 { drain(index) }
        }
    }

    private func drain(_ index: Int) {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(streams[index].descriptor, &chunk, chunk.count)
        if count > 0 {
            streams[index].bytes += chunk[..<count]
        } else {
            close(streams[index].descriptor)
            streams[index].descriptor = -1
        }
    }

    private func reap() {
        guard end == nil else { return }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        end = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw Unexpected(description: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, for `poll`.
    fileprivate var pollTimeout: Int32 {
        Int32(
            clamping: components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 + 1
        )
    }
}
