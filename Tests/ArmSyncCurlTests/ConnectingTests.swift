import ArmProtocol
import ArmSync
import ArmSyncCurl
import Testing

@Suite("A connection that cannot be made", .timeLimit(.minutes(2)))
struct ConnectingTests {
    /// The two ways to speak to the switch; how they connect is the same.
    enum Way: CaseIterable {
        case http
        case webSocket

        func save(_ configuration: CurlConfiguration) async throws -> Exchange {
            switch self {
            case .http: try await withTransport(configuration) { await $0.exchange(.testSave) }
            case .webSocket: try await withWebSocket(configuration) { await $0.exchange(.testSave) }
            }
        }
    }

    @Test("as nothing listens there is said so", arguments: Way.allCases)
    func refused(_ way: Way) async throws {
        let socket = try Socket.bound()
        defer { Socket.end(socket) }
        let port = try Socket.port(of: socket)
        let exchange = try await way.save(.test("http://127.0.0.1:\(port)"))
        #expect(
            exchange
                == .failed(
                    TransportFailure(
                        kind: .unreachable,
                        code: "curl 7",
                        message: "nothing listens at 127.0.0.1:\(port)"
                    )
                )
        )
    }

    @Test("as the name has no address is said by that name", arguments: Way.allCases)
    func unresolved(_ way: Way) async throws {
        #expect(
            try await way.save(.test("http://nothing.invalid"))
                == .failed(
                    TransportFailure(
                        kind: .unreachable,
                        code: "curl 6",
                        message: "the name nothing.invalid could not be resolved"
                    )
                )
        )
    }

    @Test(
        "within the connect timeout is given up, and it is known that nothing was sent",
        arguments: Way.allCases
    )
    func connectTimeout(_ way: Way) async throws {
        let full = try FullListener()
        defer { full.stop() }
        var configuration = CurlConfiguration.test("http://127.0.0.1:\(full.port)")
        configuration.connectTimeout = .milliseconds(200)
        #expect(
            try await way.save(configuration)
                == .failed(
                    TransportFailure(
                        kind: .interrupted(whileConnecting: true),
                        code: "curl 28",
                        message: "no connection to 127.0.0.1:\(full.port) within 200 ms"
                    )
                )
        )
    }

    @Test("as TLS fails names a captive portal as a possible cause", arguments: Way.allCases)
    func noTLS(_ way: Way) async throws {
        let server = try ScriptedServer(greeting: [
            .send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .hang,
        ])
        defer { server.stop() }
        let failure = try await way.save(.test("https://127.0.0.1:\(server.port)")).failure
        #expect(failure?.kind == .misconfigured)
        #expect(failure?.code == "curl 35")
        #expect(failure?.message.contains("captive portal") == true)
    }

    @Test("as a file of certificates is missing names the setting", arguments: Way.allCases)
    func noCertificates(_ way: Way) async throws {
        let server = try ScriptedServer()
        defer { server.stop() }
        var configuration = CurlConfiguration.test("https://127.0.0.1:\(server.port)")
        configuration.certificateAuthorityFile = "/nowhere/ca.pem"
        let failure = try await way.save(configuration).failure
        #expect(failure?.kind == .misconfigured)
        #expect(failure?.code == "curl 77")
        #expect(failure?.message.contains("\"tls.ca_file\"") == true)
    }
}
