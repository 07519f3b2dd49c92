package import ArmProtocol

/// A transport that is told with each request what proves who asks.
package protocol CredentialedTransport: Sendable {
    /// Sends the request once, at most, to the configured server and to nobody else, and never
    /// throws: every end is an `Exchange`.
    func exchange(_ request: ArmRequest, with credentials: Credentials) async -> Exchange
}
