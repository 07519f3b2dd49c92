import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A transport over WebSocket", .timeLimit(.minutes(2)))
struct WebSocketTransportTests {
    @Test("asks for the upgrade as RFC 6455 says, and says who asks")
    func handshake() async throws {
        let server = try ScriptedServer.webSocket()
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "оп", value: "p:w")
        credentials.cookies = [
            NamedSecret(name: "a", value: "1"), NamedSecret(name: "b", value: "2"),
        ]
        credentials.headers = [
            NamedSecret(name: "X-Token", value: "t"), NamedSecret(name: "X-Empty", value: ""),
        ]
        try await withWebSocket(to: server, { $0.pathPrefix = "/gate way" }) {
            #expect(await $0.exchange(.testSave, with: credentials).answer?.status == 200)
        }
        let head = try #require(server.upgrades.first).head
        let key = try #require(head.field("sec-websocket-key"))
        #expect(
            head
                == """
                GET /gate%20way/biysk.local/service/cc/arm HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: arm-sync/0.test\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: \(key)\r
                Authorization: Basic 0L7QvzpwOnc=\r
                Cookie: a=1; b=2\r
                X-Token: t\r
                X-Empty: \r
                \r

                """
        )
        #expect(key.utf8.count == 24)
    }

    @Test("sends one masked frame of text for each request, and reads the answers")
    func exchanges() async throws {
        let server = try ScriptedServer.webSocket()
        let requests: [ArmRequest] = [
            .testRead, .testSave, .testSave(over: 500), .testSave(over: 200_000),
        ]
        try await withWebSocket(to: server) { transport in
            for request in requests {
                let answer = await transport.exchange(request).answer
                #expect(answer?.status == 200)
                let expected: ArmResponse = request.isRepeatable ? .userData(.empty) : .saved
                #expect(answer?.message == .success(expected))
            }
            #expect(transport.connections == 1)
            #expect(transport.skippedMessages == 0)
        }
        let expected = try requests.enumerated().map {
            try MessageForm().encode($1, sequence: $0 + 1)
        }
        #expect(server.messages.map(\.body) == expected)
        #expect(server.messages.allSatisfy { $0.frame?.isFinal == true })
        let keys = Set(server.messages.compactMap(\.frame?.key))
        #expect(keys.count == requests.count, "each frame has a mask of its own")
        #expect(server.connections == 1)
    }

    @Test("goes to the path that is configured, with its query, for all the prefix")
    func path() async throws {
        let server = try ScriptedServer.webSocket()
        try await withWebSocket(to: server, path: "/ws/й?x=1", { $0.pathPrefix = "/not" }) {
            _ = await $0.exchange(.testRead)
        }
        #expect(server.upgrades.first?.head.hasPrefix("GET /ws/%D0%B9?x=1 HTTP/1.1\r\n") == true)
    }

    @Test("says farewell when it is closed, and waits for the answer")
    func farewell() async throws {
        let server = try ScriptedServer.webSocket()
        try await withWebSocket(to: server) { transport in
            _ = await transport.exchange(.testRead)
            transport.close()
            #expect(await transport.exchange(.testRead).failure?.code == "closed")
        }
        let frame = server.requests.last?.frame
        #expect(frame?.opcode == Frame.close)
        #expect(frame?.payload == [0x03, 0xE8])
    }

    @Test("takes answers in any order")
    func outOfOrder() async throws {
        let server = try ScriptedServer.webSocket { request in
            // The last of four messages behind the handshake is answered with all four answers.
            guard request.number == 4 else { return [] }
            return [4, 2, 3, 1].map { number in
                .send(Wire.frame(Wire.message(Wire.savedNodes, to: "000\(number)")))
            }
        }
        try await withWebSocket(to: server) { transport in
            let answers = await withTaskGroup(of: Answer?.self) { group in
                for _ in 0..<4 { group.addTask { await transport.exchange(.testSave).answer } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(
                answers.map(\.?.message) == Array(repeating: .success(.saved), count: 4)
            )
        }
    }
}
