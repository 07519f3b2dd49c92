import ArmProtocol
import ArmSync
import ArmSyncCurl
import Testing

@Suite("A transport over libcurl, when things go wrong,", .timeLimit(.minutes(2)))
struct CurlTransportFaultTests {
    @Test("says that nothing listens where nothing does")
    func refused() async throws {
        let socket = try Socket.bound()
        defer { Socket.end(socket) }
        let port = try Socket.port(of: socket)
        let exchange = try await withTransport(.test("http://127.0.0.1:\(port)")) {
            await $0.exchange(.testSave)
        }
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

    @Test("says which name has no address")
    func unresolved() async throws {
        let exchange = try await withTransport(.test("http://nothing.invalid")) {
            await $0.exchange(.testSave)
        }
        #expect(
            exchange
                == .failed(
                    TransportFailure(
                        kind: .unreachable,
                        code: "curl 6",
                        message: "the name nothing.invalid could not be resolved"
                    )
                )
        )
    }

    @Test("gives up connecting after the connect timeout, and knows that nothing was sent")
    func connectTimeout() async throws {
        let full = try FullListener()
        defer { full.stop() }
        var configuration = CurlConfiguration.test("http://127.0.0.1:\(full.port)")
        configuration.connectTimeout = .milliseconds(200)
        let exchange = try await withTransport(configuration) { await $0.exchange(.testSave) }
        #expect(
            exchange
                == .failed(
                    TransportFailure(
                        kind: .interrupted(whileConnecting: true),
                        code: "curl 28",
                        message: "no connection to 127.0.0.1:\(full.port) within 200 ms"
                    )
                )
        )
    }

    @Test("gives up a server that does not answer, and does not know whether the save arrived")
    func totalTimeout() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        let exchange = try await withTransport(
            to: server,
            { $0.totalTimeout = .seconds(1) },
            { await $0.exchange(.testSave) }
        )
        #expect(
            exchange
                == .failed(
                    TransportFailure(
                        kind: .interrupted(whileConnecting: false),
                        code: "curl 28",
                        message: "no answer within 1 s"
                    )
                )
        )
    }

    @Test("does not count the wait for a turn against the total timeout")
    func turns() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        let failures = try await withTransport(
            to: server,
            {
                $0.parallel = 1
                $0.totalTimeout = .seconds(1)
            }
        ) { transport in
            async let first = transport.exchange(.testSave).failure
            async let second = transport.exchange(.testSave).failure
            return await [first, second]
        }
        #expect(failures.map(\.?.message) == Array(repeating: "no answer within 1 s", count: 2))
        #expect(server.requests.count == 2)
    }

    @Test("gives up an answer in which nothing moves any more")
    func stall() async throws {
        let server = try ScriptedServer { _ in [.send(Array(Wire.saved.dropLast())), .hang] }
        let exchange = try await withTransport(
            to: server,
            { $0.stallTimeout = .milliseconds(1) },
            { await $0.exchange(.testSave) }
        )
        #expect(exchange.failure?.kind == .interrupted(whileConnecting: false))
        #expect(exchange.failure?.code == "curl 28")
    }

    struct Break: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: [ScriptedServer.Step]
        var code: String
        var testDescription: String { name }
    }

    @Test(
        "calls a save whose answer breaks off interrupted, and does not repeat it",
        arguments: [
            Break(name: "closed without a byte", steps: [.close], code: "curl 52"),
            Break(name: "reset", steps: [.reset], code: "curl 56"),
            Break(
                name: "half a body",
                steps: [.send(Array(Wire.saved.dropLast(5))), .close],
                code: "curl 18"
            ),
            Break(
                name: "chunks without an end",
                steps: [.send(Wire.chunked(["<out>"], finished: false)), .close],
                code: "curl 18"
            ),
        ]
    )
    func breaks(_ break: Break) async throws {
        let server = try ScriptedServer { _ in `break`.steps }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testSave) }
        #expect(exchange.failure?.kind == .interrupted(whileConnecting: false))
        #expect(exchange.failure?.code == `break`.code)
        #expect(server.requests.count == 1)
    }

    enum Flood: CaseIterable { case announced, chunked, compressed }

    @Test("stops at 16 MiB of answer, counted after inflation", arguments: Flood.allCases)
    func tooLarge(_ flood: Flood) async throws {
        let server = try ScriptedServer { _ in
            switch flood {
            case .announced:
                [.send(Wire.answer(bytes: [UInt8](repeating: 0x20, count: 30 << 20)))]
            case .chunked: [.send(Wire.chunked([String(repeating: " ", count: 30 << 20)]))]
            case .compressed:
                [.send(Wire.answer(fields: ["Content-Encoding: gzip"], bytes: Wire.inflating))]
            }
        }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testRead) }
        #expect(
            exchange
                == .failed(
                    TransportFailure(
                        kind: .garbled,
                        code: "curl 23",
                        message: "the answer is larger than 16 MiB"
                    )
                )
        )
    }

    @Test("takes an answer of 16 MiB to the byte")
    func largest() async throws {
        let padding = String(repeating: " ", count: (16 << 20) - Wire.savedBody.utf8.count)
        let server = try ScriptedServer { _ in [.send(Wire.answer(body: Wire.savedBody + padding))]
        }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testSave) }
        #expect(exchange.answer?.status == 200)
    }

    @Test("calls bytes that are no HTTP garbled, since the save may have arrived")
    func notHTTP() async throws {
        let server = try ScriptedServer { _ in [.send(Array("220 mail ready\r\n".utf8)), .close] }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testSave) }
        #expect(
            exchange.failure
                == TransportFailure(
                    kind: .garbled,
                    code: "curl 1",
                    message: "what 127.0.0.1:\(server.port) answers is not HTTP"
                )
        )
    }

    @Test("calls broken compression garbled")
    func brokenCompression() async throws {
        let server = try ScriptedServer { _ in
            [.send(Wire.answer(fields: ["Content-Encoding: gzip"], body: "no gzip at all"))]
        }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testSave) }
        #expect(exchange.failure?.kind == .garbled)
    }

    @Test("names the captive portal as a possible cause where TLS fails")
    func noTLS() async throws {
        let server = try ScriptedServer(greeting: [
            .send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .hang,
        ])
        let exchange = try await withTransport(
            to: server,
            { $0.server = "https://127.0.0.1:\(server.port)" },
            { await $0.exchange(.testSave) }
        )
        #expect(exchange.failure?.kind == .misconfigured)
        #expect(exchange.failure?.code == "curl 35")
        #expect(exchange.failure?.message.contains("captive portal") == true)
    }

    @Test("says which file of certificates is missing in a setting")
    func noCertificates() async throws {
        let server = try ScriptedServer()
        let exchange = try await withTransport(
            to: server,
            {
                $0.server = "https://127.0.0.1:\(server.port)"
                $0.certificateAuthorityFile = "/nowhere/ca.pem"
            },
            { await $0.exchange(.testSave) }
        )
        #expect(exchange.failure?.kind == .misconfigured)
        #expect(exchange.failure?.code == "curl 77")
    }
}
