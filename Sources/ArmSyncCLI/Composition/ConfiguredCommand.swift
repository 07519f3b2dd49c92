import Glibc
import Subprocess
import SystemPackage

/// A command that the configuration names: asked on its standard input, heard within limits.
struct ConfiguredCommand: Sendable {
    /// Bytes beyond which neither of its outputs is taken.
    static let outputLimit = 64 << 10

    /// Program and arguments.
    let words: [String]
    let timeout: Duration

    /// How it ended, and what it wrote until then.
    struct End: Sendable {
        /// Why it did not do what it was asked; nil where it ended well.
        var failure: Failure?
        var output: [UInt8]
        var errors: [UInt8]
    }

    enum Failure: Error, Equatable {
        case notRunnable
        case exited(Int32)
        case signaled(Int32)
        case outOfTime
        case outputTooLong
        case inputTooLong
        /// There was no way to hand it anything.
        case unasked(String)
        case unfollowed
        case givenUp
    }

    /// Runs it to its end, or kills it with everything it started when its time is over.
    func run(on input: [UInt8]) async throws(Failure) -> End {
        let outcome = await withTaskGroup(of: Result<End, Failure>?.self) { group in
            group.addTask {
                do throws(Failure) {
                    return .success(try await runToEnd(input))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                // Ended early, it has been cancelled together with what it watches.
                return Task.isCancelled ? .failure(.givenUp) : nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let outcome else { throw .outOfTime }
        return try outcome.get()
    }

    private func runToEnd(_ input: [UInt8]) async throws(Failure) -> End {
        let descriptor = try Self.pipe(holding: input)
        var options = PlatformOptions()
        // A session of its own can be killed whole, and cannot ask a terminal: unattended, nobody
        // would answer.
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
        ]
        do {
            let result = try await Subprocess.run(
                program,
                arguments: Arguments(Array(words.dropFirst())),
                platformOptions: options,
                input: .fileDescriptor(descriptor, closeAfterSpawningProcess: true),
                output: .bytes(limit: Self.outputLimit),
                error: .bytes(limit: Self.outputLimit)
            )
            return End(
                failure: Failure(result.terminationStatus),
                output: result.standardOutput,
                errors: result.standardError
            )
        } catch let error as SubprocessError {
            throw Failure(error)
        } catch {
            throw .givenUp
        }
    }

    private var program: Executable {
        let name = words.first ?? ""
        return name.contains("/") ? .path(FilePath(name)) : .name(name)
    }

    /// What the command is told, in a pipe that holds all of it: were it written while the command
    /// runs, one that does not read would end this program by SIGPIPE.
    private static func pipe(holding bytes: [UInt8]) throws(Failure) -> FileDescriptor {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else {
            throw .unasked(String(cString: strerror(errno)))
        }
        // A program that another task starts right here would only keep them open for its while.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Rather than wait for a reader that is not there yet, too much is refused.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let count = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        guard count == bytes.count else {
            close(ends[0])
            throw .inputTooLong
        }
        return FileDescriptor(rawValue: ends[0])
    }
}

extension ConfiguredCommand.Failure {
    fileprivate init?(_ status: TerminationStatus) {
        switch status {
        case .exited(0): return nil
        case .exited(126), .exited(127): self = .notRunnable
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .signaled(signal)
        }
    }

    fileprivate init(_ error: SubprocessError) {
        switch error.code {
        case .outputLimitExceeded: self = .outputTooLong
        case .executableNotFound, .spawnFailed: self = .notRunnable
        default: self = .unfollowed
        }
    }

    /// What happened, in plain English and without a full stop.
    ///
    /// - Parameters:
    ///   - name: the command's name for people, to begin with: `the credentials command`.
    ///   - setting: the key that names the command.
    func words(about name: String, setting: String, timeout: String) -> String {
        switch self {
        case .notRunnable: "\(name) could not be run; check \"\(setting)\""
        case .exited(let code): "\(name) ended with exit code \(code)"
        case .signaled(let signal): "\(name) was ended by signal \(signal)"
        case .outOfTime: "\(name) did not end within \(timeout)"
        case .outputTooLong:
            "\(name) wrote more than \(ConfiguredCommand.outputLimit >> 10) KiB"
        case .inputTooLong: "what \(name) is told is too long for it"
        case .unasked(let reason): "\(name) could not be asked: \(reason)"
        case .unfollowed: "\(name) could not be followed"
        case .givenUp: "\(name) was given up"
        }
    }
}
