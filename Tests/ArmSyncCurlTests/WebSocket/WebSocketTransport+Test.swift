import ArmProtocol
import ArmSync
import ArmSyncCurl
import Foundation

extension WebSocketTransport {
    /// Sends the request as nobody in particular.
    func exchange(_ request: ArmRequest) async -> Exchange {
        await exchange(request, with: .none)
    }
}

extension Duration {
    /// A limit that is to be reached, and that a busy machine does not reach before its time.
    static let soon = Duration.seconds(3)
}

/// Makes a transport, and closes it however the work ends.
func withWebSocket<Value: Sendable>(
    _ configuration: CurlConfiguration,
    path: String? = nil,
    _ work: (WebSocketTransport) async throws -> Value
) async throws -> Value {
    let transport = try WebSocketTransport(configuration, path: path)
    do {
        let value = try await work(transport)
        await transport.closeElsewhere()
        return value
    } catch {
        await transport.closeElsewhere()
        throw error
    }
}

extension WebSocketTransport {
    /// Closes it on a thread of its own: a server that does not answer the farewell would hold up one
    /// of the few that all tests share.
    fileprivate func closeElsewhere() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                self.close()
                continuation.resume()
            }
        }
    }
}

/// Makes a transport to a scripted server, and ends both however the work ends.
func withWebSocket<Value: Sendable>(
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
