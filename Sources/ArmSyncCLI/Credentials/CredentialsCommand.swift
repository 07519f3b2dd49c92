import ArmSync

/// Credentials that a command of the administrator's hands out.
struct CredentialsCommand: CredentialSource {
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
    let complain: @Sendable (CommandComplaint, _ failed: Bool) -> Void

    func credentials(
        _ reason: CredentialReason
    ) async throws(CredentialError) -> Credentials {
        let end = try await run(reason)
        let complaint = CommandComplaint(end.errors, output: end.output)
        do throws(CredentialError) {
            if let failure = end.failure { throw error(failure) }
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

    private func run(
        _ reason: CredentialReason
    ) async throws(CredentialError) -> ConfiguredCommand.End {
        let question = "url=\(url)\ndomain=\(domain)\nreason=\(reason.rawValue)\n\n"
        let command = ConfiguredCommand(words: command, timeout: timeout)
        do throws(ConfiguredCommand.Failure) {
            return try await command.run(on: Array(question.utf8))
        } catch {
            throw self.error(error)
        }
    }

    private func error(_ failure: ConfiguredCommand.Failure) -> CredentialError {
        let code: CredentialError.Code =
            switch failure {
            case .notRunnable, .outputTooLong, .inputTooLong: .unusable
            case .exited, .signaled, .outOfTime, .unasked, .unfollowed, .givenUp: .unavailable
            }
        let words = failure.words(
            about: "the credentials command",
            setting: "credentials.command",
            timeout: "\(timeout.words) (\"credentials.timeout\")"
        )
        return CredentialError(code, words)
    }
}
