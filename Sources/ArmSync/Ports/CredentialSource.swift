/// The port to where credentials come from: a file, a command, or nothing at all.
package protocol CredentialSource: Sendable {
    /// Fetches the credentials as they are now. Checked: they can be sent as they are.
    func credentials(_ reason: CredentialReason) async throws(CredentialError) -> Credentials
}

/// Why credentials are asked for.
package enum CredentialReason: String, Hashable, Sendable {
    /// They are needed for the first time in this run.
    case first
    /// Those at hand have expired.
    case expired
    /// The server turned those at hand away.
    case refused
}

/// Credentials could not be had.
package struct CredentialError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// A setting or a file is wrong: nothing but a person mends it.
        case unusable
        /// Whoever hands them out failed, perhaps in passing.
        case unavailable
    }

    package var code: Code
    /// What happened and what to do, in plain English, without a trailing full stop; no secrets.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// The absence of credentials.
package struct NoCredentials: CredentialSource {
    package init() {}

    package func credentials(
        _ reason: CredentialReason
    ) async throws(CredentialError) -> Credentials { .none }
}
