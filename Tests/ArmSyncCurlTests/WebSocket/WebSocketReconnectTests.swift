import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A WebSocket that is gone", .timeLimit(.minutes(2)))
struct WebSocketReconnectTests {
    @Test(
        "between two requests is made again, and costs nothing",
        arguments: [[.close], [.send(Wire.closing(1000)), .close], [.reset]]
            as [[ScriptedServer.Step]]
    )
    func idle(steps: [ScriptedServer.Step]) async throws {
        let server = try ScriptedServer.webSocket { [.send(Wire.answer($0))] + steps }
        try await withWebSocket(to: server) { transport in
            for number in 0..<3 {
                #expect(await transport.exchange(.testSave).answer?.status == 200)
                await server.wait(for: .ended(connection: number))
            }
            #expect(transport.connections == 3)
        }
        #expect(server.messages.count == 3)
    }

    @Test("before a request was on the wire is made again once, for a save too")
    func unsent() async throws {
        let server = try ScriptedServer.webSocket(upgrade: { request in
            let farewell = request.connection == 0 ? Wire.closing(1001) : []
            return [.send(Wire.upgrade(request) + farewell)]
        })
        try await withWebSocket(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            #expect(transport.connections == 2)
        }
        #expect(server.messages.map(\.connection) == [1])
    }

    @Test("time and again before a request was on the wire ends it, and nothing was sent")
    func neverSent() async throws {
        let server = try ScriptedServer.webSocket(upgrade: {
            [.send(Wire.upgrade($0) + Wire.closing(1001))]
        })
        let failure = try await withWebSocket(to: server) {
            await $0.exchange(.testSave).failure
        }
        #expect(failure?.kind == .interrupted(whileConnecting: true))
        #expect(failure?.code == "websocket 1001")
        #expect(server.connections == 2)
        #expect(server.messages.isEmpty)
    }

    @Test("under a read that a kept connection carries is asked once more, a save is not")
    func repeated() async throws {
        let server = try ScriptedServer.webSocket { request in
            // The second message behind the handshake loses the connection.
            request.number == 2 ? [.close] : [.send(Wire.answer(request))]
        }
        try await withWebSocket(to: server) { transport in
            #expect(await transport.exchange(.testRead).answer?.status == 200)
            #expect(
                await transport.exchange(.testRead).answer?.message
                    == .success(.userData(.empty))
            )
        }
        #expect(server.messages.map(\.connection) == [0, 0, 1])
        #expect(server.messages[1].body == server.messages[2].body)
    }

    @Test("under a save leaves it to the next read to tell whether it arrived")
    func saveOnce() async throws {
        let server = try ScriptedServer.webSocket { request in
            request.number == 2 ? [.close] : [.send(Wire.answer(request))]
        }
        try await withWebSocket(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            let failure = await transport.exchange(.testSave).failure
            #expect(failure?.kind == .interrupted(whileConnecting: false))
            #expect(failure?.code == "websocket 1006")
            #expect(await transport.exchange(.testSave).answer?.status == 200)
        }
        #expect(server.messages.map(\.connection) == [0, 0, 1])
    }

    @Test("loses every save that was on it, each of them once")
    func many() async throws {
        let server = try ScriptedServer.webSocket { $0.number == 4 ? [.reset] : [] }
        try await withWebSocket(to: server) { transport in
            await withTaskGroup(of: TransportFailure?.self) { group in
                for _ in 0..<4 {
                    group.addTask { await transport.exchange(.testSave).failure }
                }
                for await failure in group {
                    #expect(failure?.kind == .interrupted(whileConnecting: false))
                }
            }
        }
        #expect(server.messages.count == 4)
    }

    @Test("takes no answer with it that was meant for a request given up")
    func late() async throws {
        let server = try ScriptedServer.webSocket { request in
            guard request.number == 2 else { return [] }
            let refusal = Wire.message("", status: 503, to: "0001")
            return [.send(Wire.frame(refusal) + Wire.answer(request))]
        }
        try await withWebSocket(to: server) { transport in
            let first = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(1))
            first.cancel()
            #expect(
                await first.value
                    == .failed(
                        TransportFailure(
                            kind: .interrupted(whileConnecting: false),
                            code: "cancelled",
                            message: "the request was cancelled"
                        )
                    )
            )
            #expect(await transport.exchange(.testSave).answer?.message == .success(.saved))
            #expect(transport.skippedMessages == 1)
            #expect(transport.connections == 1)
        }
    }

    @Test("after a request ran out of time is another one")
    func afterTimeout() async throws {
        let server = try ScriptedServer.webSocket { request in
            request.connection == 0 ? [] : [.send(Wire.answer(request))]
        }
        try await withWebSocket(to: server, { $0.totalTimeout = .seconds(1) }) { transport in
            #expect(await transport.exchange(.testSave).failure?.code == "curl 28")
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            #expect(transport.connections == 2)
        }
    }

    @Test("is made with the credentials of the request, anew where they are others")
    func credentials() async throws {
        let server = try ScriptedServer.webSocket()
        func cookie(_ value: String) -> Credentials {
            var credentials = Credentials()
            credentials.cookies = [NamedSecret(name: "session", value: value)]
            return credentials
        }
        try await withWebSocket(to: server) { transport in
            for value in ["a", "a", "b"] {
                #expect(
                    await transport.exchange(.testSave, with: cookie(value)).answer?.status == 200
                )
            }
        }
        #expect(server.upgrades.map { $0.head.field("cookie") } == ["session=a", "session=b"])
        #expect(server.messages.map(\.connection) == [0, 0, 1])
        let farewells = server.requests.filter { $0.frame?.opcode == Frame.close }
        #expect(farewells.map(\.connection) == [0, 1])
    }

    @Test("waits for what is under way before others' credentials take its place")
    func credentialsUnderWay() async throws {
        let server = try ScriptedServer.webSocket { request in
            // The first is answered only once the second has come.
            switch request.number {
            case 1: []
            case 2:
                [
                    .send(
                        Wire.answer(request) + Wire.frame(Wire.message(Wire.savedNodes, to: "0001"))
                    )
                ]
            default: [.send(Wire.answer(request))]
            }
        }
        var other = Credentials()
        other.login = NamedSecret(name: "op", value: "p")
        try await withWebSocket(to: server) { [other] transport in
            async let first = transport.exchange(.testSave).answer
            await server.wait(for: .request(1))
            async let second = transport.exchange(.testSave).answer
            await server.wait(for: .request(2))
            async let third = transport.exchange(.testSave, with: other).answer
            #expect(await [first, second, third].map { $0?.status } == [200, 200, 200])
        }
        #expect(server.messages.map(\.connection) == [0, 0, 1])
    }

    @Test("keeps no cookie that the server set")
    func cookies() async throws {
        let server = try ScriptedServer.webSocket(
            { [.send(Wire.answer($0)), .close] },
            upgrade: { [.send(Wire.upgrade($0, fields: ["Set-Cookie: session=stolen"]))] }
        )
        try await withWebSocket(to: server) { transport in
            for number in 0..<2 {
                #expect(await transport.exchange(.testSave).answer?.status == 200)
                await server.wait(for: .ended(connection: number))
            }
        }
        #expect(server.upgrades.map { $0.head.field("cookie") } == [nil, nil])
    }
}
