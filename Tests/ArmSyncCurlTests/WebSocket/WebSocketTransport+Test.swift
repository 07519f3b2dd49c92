import ArmProtocol
import ArmSync
import ArmSyncCurl

extension WebSocketTransport {
    /// Sends the request as nobody in particular.
    func exchange(_ request: ArmRequest) async -> Exchange {
        await exchange(request, with: .none)
    }
}

/// Makes a transport, and closes it however the work ends.
func withWebSocket<Value>(
    _ configuration: CurlConfiguration,
    path: String? = nil,
    _ work: (WebSocketTransport) async throws -> Value
) async throws -> Value {
    let transport = try WebSocketTransport(configuration, path: path)
    defer { transport.close() }
    return try await work(transport)
}

/// Makes a transport to a scripted server, and ends both however the work ends.
func withWebSocket<Value>(
    to server: ScriptedServer,
    path: String? = nil,
    _ change: (inout CurlConfiguration) -> Void = { _ in },
    _ work: (WebSocketTransport) async throws -> Value
) async throws -> Value {
    defer { server.stop() }
    var configuration = CurlConfiguration.test(server.url)
    change(&configuration)
    return try await withWebSocket(configuration, path: path, work)
}
