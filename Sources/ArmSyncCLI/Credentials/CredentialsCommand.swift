import ArmSync
import Glibc
import Subprocess
import SystemPackage

/// Credentials that a command of the administrator's hands out.
struct CredentialsCommand: CredentialSource {
    /// Bytes beyond which its output can be no credentials.
    static let outputLimit = 64 << 10

    /// Program and arguments.
    let command: [String]
    let timeout: Duration
    /// How long what it says is good for where it does not say so itself.
    let refresh: Duration?
    /// For its standard input.
    let url: String
    let domain: String
    let now: @Sendable () -> Timestamp
    /// Told what it said on standard error, and whether it failed.
    let complain: @Sendable (CredentialsComplaint, _ failed: Bool) -> Void

    func credentials(
        _ reason: CredentialReason
    ) async throws(CredentialError) -> Credentials {
        let end = try await run(reason)
        let complaint = CredentialsComplaint(end.errors, output: end.output)
        do throws(CredentialError) {
            try check(end.status)
            var credentials = try CredentialsAnswer(end.output, at: now()).credentials
            if let refresh, credentials.expiresAt == nil {
                credentials.expiresAt = now() + refresh
            }
            complain(complaint, false)
            return credentials
        } catch {
            complain(complaint, true)
            throw error
        }
    }

    private func check(_ status: TerminationStatus) throws(CredentialError) {
        switch status {
        case .exited(0): return
        case .exited(126), .exited(127):
            throw CredentialError(
                .unusable,
                "the credentials command could not be run; check \"credentials.command\""
            )
        case .exited(let code):
            throw CredentialError(
                .unavailable,
                "the credentials command ended with exit code \(code)"
            )
        case .signaled(let signal):
            throw CredentialError(
                .unavailable,
                "the credentials command was ended by signal \(signal)"
            )
        }
    }
}

// MARK: - Running it

extension CredentialsCommand {
    private struct End: Sendable {
        var status: TerminationStatus
        var output: [UInt8]
        var errors: [UInt8]
    }

    /// Runs it to its end, or kills it with everything it started when its time is over.
    private func run(_ reason: CredentialReason) async throws(CredentialError) -> End {
        let outcome = await withTaskGroup(
            of: Result<End, CredentialError>?.self
        ) { group in
            group.addTask {
                do throws(CredentialError) {
                    return .success(try await runToEnd(reason))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let outcome else {
            throw CredentialError(
                .unavailable,
                "the credentials command did not end within \(timeout.words) "
                    + "(\"credentials.timeout\")"
            )
        }
        return try outcome.get()
    }

    private func runToEnd(_ reason: CredentialReason) async throws(CredentialError) -> End {
        let input = try self.input(reason)
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
                arguments: Arguments(Array(command.dropFirst())),
                platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .bytes(limit: Self.outputLimit),
                error: .bytes(limit: Self.outputLimit)
            )
            return End(
                status: result.terminationStatus,
                output: result.standardOutput,
                errors: result.standardError
            )
        } catch let error as SubprocessError {
            throw failure(error)
        } catch {
            throw CredentialError(.unavailable, "the credentials command was given up")
        }
    }

    private var program: Executable {
        let name = command.first ?? ""
        return name.contains("/") ? .path(FilePath(name)) : .name(name)
    }

    private func failure(_ error: SubprocessError) -> CredentialError {
        switch error.code {
        case .outputLimitExceeded:
            CredentialError(
                .unusable,
                "the credentials command wrote more than \(Self.outputLimit >> 10) KiB"
            )
        case .executableNotFound, .spawnFailed:
            CredentialError(
                .unusable,
                "the credentials command could not be run; check \"credentials.command\""
            )
        default:
            CredentialError(.unavailable, "the credentials command could not be followed")
        }
    }

    /// What the command is asked, in a pipe that holds all of it: were it written while the command
    /// runs, one that does not read would end this program by SIGPIPE.
    private func input(
        _ reason: CredentialReason
    ) throws(CredentialError) -> FileDescriptor {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CredentialError(
                .unavailable,
                "the credentials command could not be asked: \(String(cString: strerror(errno)))"
            )
        }
        // A program that another task starts right here would only keep them open for its while.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Rather than wait for a reader that is not there yet, too much is refused.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let bytes = Array("url=\(url)\ndomain=\(domain)\nreason=\(reason.rawValue)\n\n".utf8)
        let count = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        guard count == bytes.count else {
            close(ends[0])
            throw CredentialError(.unusable, "the domain is too long for the credentials command")
        }
        return FileDescriptor(rawValue: ends[0])
    }
}
