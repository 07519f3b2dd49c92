import Glibc

/// What one run of a program cost.
struct ChildRun {
    var duration: Duration
    /// Most memory resident at any moment, as the kernel counts it.
    var peakBytes: Int
    var status: Int32
}

/// A program to be run and measured.
struct Program {
    var path: String
    var arguments: [String] = []
    var environment: [String] = []
    /// Where standard input comes from.
    var input = "/dev/null"

    func with(_ arguments: String...) -> Program {
        var program = self
        program.arguments += arguments
        return program
    }

    /// Runs it to its end, its words thrown away, and fails where it does.
    @discardableResult
    func run() throws(BenchmarkError) -> ChildRun {
        let clock = ContinuousClock()
        let start = clock.now
        let process = try spawn()
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchmarkError("waiting for \(path) failed") }
        }
        let run = ChildRun(
            duration: clock.now - start,
            peakBytes: usage.ru_maxrss << 10,
            status: status
        )
        guard status == 0 else {
            throw BenchmarkError("\(path) \(arguments) ended with \(status >> 8)")
        }
        return run
    }

    /// Starts it and leaves it running.
    func spawn() throws(BenchmarkError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        let result = withStrings([path] + arguments) { arguments in
            withStrings(environment) { environment in
                posix_spawn(&process, path, &actions, nil, arguments, environment)
            }
        }
        guard result == 0 else { throw BenchmarkError("\(path) cannot be started") }
        return process
    }
}

/// Lends texts to the system as it wants arguments: a list of C strings with a null behind it.
private func withStrings<Result>(
    _ texts: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}

/// Why nothing could be measured.
struct BenchmarkError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
