import ArmProtocol
import ArmSync
import ArmSyncCurl
import Testing

@Suite("A transport over libcurl, when things go wrong,", .timeLimit(.minutes(2)))
struct CurlTransportFaultTests {
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
}
