import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A transport over WebSocket, when things go wrong,", .timeLimit(.minutes(2)))
struct WebSocketFaultTests {
    @Test("knows that nothing was sent where nothing listens")
    func refused() async throws {
        let socket = try Socket.bound()
        defer { Socket.end(socket) }
        let port = try Socket.port(of: socket)
        let exchange = try await withWebSocket(.test("ws://127.0.0.1:\(port)")) {
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

    @Test("gives up connecting after the connect timeout, and knows that nothing was sent")
    func connectTimeout() async throws {
        let full = try FullListener()
        defer { full.stop() }
        var configuration = CurlConfiguration.test("http://127.0.0.1:\(full.port)")
        configuration.connectTimeout = .milliseconds(200)
        let failure = try await withWebSocket(configuration) {
            await $0.exchange(.testSave).failure
        }
        #expect(failure?.kind == .interrupted(whileConnecting: true))
        #expect(failure?.code == "curl 28")
        #expect(failure?.message == "no connection to 127.0.0.1:\(full.port) within 200 ms")
    }

    @Test("does not repeat a save, and says what happened to it", arguments: WebSocketBreak.all)
    func breaks(_ fault: WebSocketBreak) async throws {
        let server = try ScriptedServer.webSocket(fault.steps)
        let silent = fault.code == "curl 28"
        let failure = try await withWebSocket(
            to: server,
            { if silent { $0.stallTimeout = .milliseconds(500) } },
            { await $0.exchange(.testSave).failure }
        )
        #expect(failure?.kind == fault.kind)
        #expect(failure?.code == fault.code)
        #expect(failure?.message.contains(fault.words) == true, "\(failure?.message ?? "")")
        #expect(server.messages.count == 1)
    }

    @Test("gives up a server that answers pings and nothing else after the total timeout")
    func totalTimeout() async throws {
        let server = try ScriptedServer.webSocket { _ in [] }
        let failure = try await withWebSocket(
            to: server,
            { $0.totalTimeout = .milliseconds(500) },
            { await $0.exchange(.testSave).failure }
        )
        #expect(failure?.kind == .interrupted(whileConnecting: false))
        #expect(failure?.code == "curl 28")
        #expect(failure?.message == "no answer within 500 ms")
    }

    @Test("asks a silent server for a sign of life, and waits on where it gives one")
    func signOfLife() async throws {
        // The answer comes with the pong, after half the stall limit.
        let server = try ScriptedServer.webSocket(
            { _ in [] },
            control: { request, frame in
                guard frame.opcode == Frame.ping else {
                    return ScriptedServer.answerControl(request, frame)
                }
                let answer = Wire.frame(Wire.message(Wire.savedNodes, to: "0001"))
                return [.send(Wire.frame(frame.payload, opcode: Frame.pong) + answer)]
            }
        )
        let answer = try await withWebSocket(
            to: server,
            { $0.stallTimeout = .seconds(4) },
            { await $0.exchange(.testSave).answer }
        )
        #expect(answer?.message == .success(.saved))
    }

    @Test("skips and counts what answers none of its requests")
    func noise() async throws {
        let event = "0100000000300000event_of_nothing"
        let server = try ScriptedServer.webSocket(
            { request in
                [
                    .send(
                        Wire.frame(Array(event.utf8)) + Wire.frame([]) + Wire.frame([], opcode: 9)
                            + Wire.frame(Wire.message(Wire.savedNodes, to: "4711"))
                            + Wire.frame(Array("{}".utf8), opcode: Frame.binary)
                            + Wire.answer(request)
                    )
                ]
            },
            upgrade: { [.send(Wire.upgrade($0) + Wire.frame(Array(event.utf8)))] }
        )
        try await withWebSocket(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.message == .success(.saved))
            #expect(transport.skippedMessages == 5)
        }
        #expect(server.requests.contains { $0.frame?.opcode == Frame.pong })
    }

    @Test("waits in vain for an answer that bears another number")
    func wrongNumber() async throws {
        let server = try ScriptedServer.webSocket { _ in
            [.send(Wire.frame(Wire.message(Wire.savedNodes, to: "0002")))]
        }
        try await withWebSocket(to: server, { $0.totalTimeout = .milliseconds(500) }) {
            #expect(await $0.exchange(.testSave).failure?.code == "curl 28")
            #expect($0.skippedMessages == 1)
        }
    }

    @Test(
        "takes the status of a message for what it is over HTTP",
        arguments: [(401, FailureKind.unauthenticated), (503, .transient), (404, .misconfigured)]
    )
    func statuses(status: Int, kind: FailureKind) async throws {
        let server = try ScriptedServer.webSocket {
            [.send(Wire.frame(Wire.message("", status: status, to: $0.sequence)))]
        }
        let exchange = try await withWebSocket(to: server) { await $0.exchange(.testSave) }
        #expect(exchange.answer?.status == status)
        guard case .failure(let failure) = exchange.judged else {
            Issue.record("\(exchange)")
            return
        }
        #expect(failure.kind == kind)
    }

    @Test("takes a message of 16 MiB to the byte, in fragments")
    func largest() async throws {
        let server = try ScriptedServer.webSocket { request in
            let padding = String(
                repeating: " ",
                count: (16 << 20) - 19 - Wire.savedNodes.utf8.count
            )
            let message = Wire.message(Wire.savedNodes + padding, to: request.sequence)
            let half = message.count / 2
            return [
                .send(Wire.frame(Array(message[..<half]), isFinal: false)),
                .send(Wire.frame(Array(message[half...]), opcode: 0)),
            ]
        }
        let answer = try await withWebSocket(to: server) { await $0.exchange(.testSave).answer }
        #expect(answer?.message == .success(.saved))
    }

    @Test("blames the document where the server says that a message is too large")
    func tooLargeForServer() async throws {
        let server = try ScriptedServer.webSocket { request in
            // The small one is on the wire already when the large one comes.
            request.number == 2 ? [.send(Wire.closing(1009)), .hang] : []
        }
        try await withWebSocket(to: server) { transport in
            let small = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(1))
            let large = await transport.exchange(.testSave(over: 300_000))
            #expect(large.answer?.status == 413)
            #expect(await small.value.failure?.code == "websocket 1009")
        }
    }

    @Test("sends nothing where a request cannot be written or a header would end a line")
    func unwritable() async throws {
        let server = try ScriptedServer.webSocket()
        try await withWebSocket(to: server) { transport in
            let key = DocumentKey(application: "a\r\nX-Injected: 1")
            #expect(await transport.exchange(.read(key)).failure?.kind == .unwritable)
            var credentials = Credentials()
            credentials.headers = [NamedSecret(name: "X", value: "a\r\nX-Injected: 1")]
            let failure = await transport.exchange(.testRead, with: credentials).failure
            #expect(failure?.kind == .withoutCredentials(mayPass: false))
        }
        #expect(server.connections == 0)
    }
}
