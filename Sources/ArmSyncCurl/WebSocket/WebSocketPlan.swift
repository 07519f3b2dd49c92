import ArmProtocol

/// A configuration that was checked, for a WebSocket.
struct WebSocketPlan: Sendable {
    let curl: CurlPlan
    let address: WebSocketAddress

    init(
        _ configuration: CurlConfiguration,
        path: String?
    ) throws(CurlConfigurationError) {
        curl = try CurlPlan(configuration)
        address = try WebSocketAddress(configuration, path: path)
    }

    /// Bytes of a whole message; a larger one ends the connection.
    static let largestMessage = MessageForm.largestMessage
}
