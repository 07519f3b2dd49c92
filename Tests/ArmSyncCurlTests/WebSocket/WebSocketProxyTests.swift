import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A WebSocket through a proxy", .timeLimit(.minutes(2)))
struct WebSocketProxyTests {
    @Test("goes through a tunnel, which is told nothing but where to")
    func tunnel() async throws {
        let proxy = try ScriptedServer.webSocket(upgrade: { request in
            let opens = request.head.hasPrefix("CONNECT ")
            return [.send(opens ? Array("HTTP/1.1 200 OK\r\n\r\n".utf8) : Wire.upgrade(request))]
        })
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "op", value: "secret")
        try await withWebSocket(
            to: proxy,
            {
                $0.server = "http://switch.invalid:8086"
                $0.proxy = proxy.url
            },
            {
                #expect(await $0.exchange(.testSave, with: credentials).answer?.status == 200)
            }
        )
        let head = try #require(proxy.requests.first).head
        #expect(head.hasPrefix("CONNECT switch.invalid:8086 HTTP/1.1\r\n"))
        #expect(head.field("authorization") == nil)
        #expect(head.field("proxy-authorization") == nil)
        #expect(proxy.requests[1].head.field("authorization") == "Basic b3A6c2VjcmV0")
        #expect(proxy.requests[1].head.field("host") == "switch.invalid:8086")
        #expect(proxy.connections == 1)
    }

    @Test(
        "that lets nobody through says so, and nothing was sent",
        arguments: [
            ("407 Who are you", TransportFailure.Kind.misconfigured, "name and a password"),
            ("403 Forbidden", .misconfigured, "does not let CONNECT through"),
            ("405 No", .misconfigured, "does not let CONNECT through"),
            ("302 Found", .misconfigured, "does not let CONNECT through"),
            ("503 Down", .unreachable, "does not reach switch.invalid:8086"),
        ]
    )
    func refused(status: String, kind: TransportFailure.Kind, words: String) async throws {
        let proxy = try ScriptedServer { _ in
            [.send(Wire.answer(status, fields: ["Location: http://elsewhere/"])), .hang]
        }
        let failure = try await withWebSocket(
            to: proxy,
            {
                $0.server = "http://switch.invalid:8086"
                $0.proxy = proxy.url
            },
            { await $0.exchange(.testSave).failure }
        )
        #expect(failure?.kind == kind)
        #expect(failure?.code == "http \(status.prefix(3))")
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        #expect(proxy.requests.count == 1)
    }

    @Test("that is out of reach leaves the server out of reach")
    func unreachable() async throws {
        let socket = try Socket.bound()
        defer { Socket.end(socket) }
        var configuration = CurlConfiguration.test("http://switch.invalid:8086")
        configuration.proxy = "http://127.0.0.1:\(try Socket.port(of: socket))"
        let failure = try await withWebSocket(configuration) {
            await $0.exchange(.testSave).failure
        }
        #expect(failure?.kind == .unreachable)
        #expect(failure?.code == "curl 7")
    }
}
