import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite(
    "A WebSocket over TLS",
    .enabled(if: TLSServer.isInstalled, "needs openssl"),
    .timeLimit(.minutes(2))
)
struct WebSocketTLSTests {
    /// What comes of requests, one after the other, once something listens.
    private func exchanges(
        _ requests: [ArmRequest],
        options: [String] = [],
        _ change: (inout CurlConfiguration, TLSServer) -> Void
    ) async throws -> (exchanges: [Exchange], server: ScriptedServer) {
        let server = try ScriptedServer.webSocket()
        let tls = try TLSServer(for: server, options: options)
        defer {
            tls.stop()
            server.stop()
        }
        var configuration = CurlConfiguration.test(tls.url)
        change(&configuration, tls)
        var exchanges: [Exchange] = []
        try await withWebSocket(configuration) { transport in
            for request in requests {
                var exchange = await transport.exchange(request)
                while exchange.failure?.kind == .unreachable {
                    exchange = await transport.exchange(request)
                }
                exchanges.append(exchange)
            }
        }
        return (exchanges, server)
    }

    @Test("carries messages of every size where the certificate is trusted")
    func good() async throws {
        let sizes = [1, 16_300, 16_384, 100_000, 3_000_000]
        let requests = [ArmRequest.testRead] + sizes.map { .testSave(over: $0) }
        let (exchanges, server) = try await exchanges(requests) {
            $0.certificateAuthorityFile = $1.certificate
        }
        #expect(exchanges.map(\.answer?.status) == Array(repeating: 200, count: requests.count))
        #expect(server.messages.count == requests.count)
        #expect(server.messages.last.map { $0.body.count > 3_000_000 } == true)
        #expect(server.upgrades.first?.head.field("host")?.hasPrefix("127.0.0.1:") == true)
    }

    @Test("is not made where the certificate is not trusted, and nothing was sent")
    func untrusted() async throws {
        let (exchanges, server) = try await exchanges([.testSave]) { _, _ in }
        #expect(exchanges.first?.failure?.kind == .misconfigured)
        #expect(exchanges.first?.failure?.code == "curl 60")
        #expect(server.requests.isEmpty)
    }

    @Test("is not made where the key is not the pinned one")
    func pinned() async throws {
        let (exchanges, server) = try await exchanges([.testSave]) {
            $0.certificateAuthorityFile = $1.certificate
            $0.pinnedPublicKey = "sha256//" + String(repeating: "A", count: 43) + "="
        }
        #expect(exchanges.first?.failure?.kind == .misconfigured)
        #expect(exchanges.first?.failure?.code == "curl 90")
        #expect(server.requests.isEmpty)
    }

    @Test("says which setting is missing where the server asks for a certificate of ours")
    func clientCertificate() async throws {
        let (exchanges, server) = try await exchanges([.testSave], options: ["-Verify", "1"]) {
            $0.certificateAuthorityFile = $1.certificate
        }
        let failure = exchanges.first?.failure
        #expect(failure?.kind == .misconfigured, "\(String(describing: failure))")
        #expect(failure?.message.contains("\"tls.client_certificate\"") == true)
        #expect(server.requests.isEmpty)
    }
}
