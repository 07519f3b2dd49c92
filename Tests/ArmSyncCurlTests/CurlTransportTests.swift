import ArmProtocol
import ArmSync
import ArmSyncCurl
import Testing

@Suite("A transport over libcurl", .timeLimit(.minutes(2)))
struct CurlTransportTests {
    @Test("sends the command to its URL with the head the server expects")
    func head() async throws {
        let server = try ScriptedServer()
        try await withTransport(
            to: server,
            {
                $0.pathPrefix = "/gateway"
                $0.domain = "бийск.local"
            },
            { _ = await $0.exchange(.testSave) }
        )
        let request = try #require(server.requests.first)
        let domain = "%D0%B1%D0%B8%D0%B9%D1%81%D0%BA.local"
        #expect(
            request.head.hasPrefix(
                "POST /gateway/\(domain)/service/cc/arm/save_user_data HTTP/1.1\r\n"
            )
        )
        #expect(request.head.field("host") == "127.0.0.1:\(server.port)")
        #expect(request.head.field("content-type") == "text/xml; charset=utf-8")
        #expect(request.head.field("user-agent") == "arm-sync/0.test")
        #expect(request.head.field("authorization") == nil)
        #expect(request.head.field("content-length") == "\(request.body.count)")
        #expect(request.head.field("transfer-encoding") == nil)
        #expect(request.head.field("cookie") == nil)
        #expect(request.head.field("accept-encoding")?.contains("gzip") == true)
    }

    @Test("puts the XML form's bytes on the wire, no more and no less")
    func body() async throws {
        let requests: [ArmRequest] = [.testRead, .testSave, .testSave(over: 100_000)]
        let server = try ScriptedServer()
        try await withTransport(to: server) { transport in
            for request in requests { _ = await transport.exchange(request) }
        }
        #expect(try server.requests.map(\.body) == requests.map { try XMLForm().encode($0) })
    }

    @Test("sends 2 MiB without asking the server for a 100 Continue")
    func expectation() async throws {
        let server = try ScriptedServer()
        let exchange = try await withTransport(to: server) {
            await $0.exchange(.testSave(over: 2 << 20))
        }
        let request = try #require(server.requests.first)
        #expect(request.head.field("expect") == nil)
        #expect(request.body.count > 2 << 20)
        #expect(exchange.answer?.message == .success(.saved))
    }

    @Test("reads the answer to a read and to a save")
    func answers() async throws {
        let server = try ScriptedServer { [.send($0.number == 0 ? Wire.empty : Wire.saved)] }
        try await withTransport(to: server) { transport in
            let read = await transport.exchange(.testRead)
            #expect(
                read == .answered(Answer(status: 200, message: .success(.userData(.empty))))
            )
            let saved = await transport.exchange(.testSave)
            #expect(saved == .answered(Answer(status: 200, message: .success(.saved))))
        }
    }

    @Test("reads an answer that comes in pieces, in chunks or byte by byte")
    func pieces() async throws {
        let text = Wire.savedBody
        let server = try ScriptedServer { request in
            switch request.number {
            case 0: [.send(Wire.chunked([String(text.prefix(9)), String(text.dropFirst(9))]))]
            default: Wire.saved.map { .send([$0]) }
            }
        }
        try await withTransport(to: server) { transport in
            for _ in 0..<2 {
                #expect(await transport.exchange(.testSave).answer?.message == .success(.saved))
            }
        }
    }

    @Test("uses one connection for ten requests, saves and reads alike")
    func reuse() async throws {
        let server = try ScriptedServer {
            [.send($0.head.contains("read_user_data") ? Wire.empty : Wire.saved)]
        }
        try await withTransport(to: server) { transport in
            for _ in 0..<5 {
                #expect(await transport.exchange(.testRead).answer?.status == 200)
                #expect(await transport.exchange(.testSave).answer?.status == 200)
            }
        }
        #expect(server.requests.count == 10)
        #expect(server.connections == 1)
    }

    @Test("has as many requests under way as it may, and never more")
    func parallel() async throws {
        let three = Rendezvous(of: 3)
        let server = try ScriptedServer { _ in
            three.meet()
            return [.send(Wire.saved)]
        }
        let statuses = try await withTransport(to: server, { $0.parallel = 3 }) { transport in
            await withTaskGroup(of: Int?.self) { group in
                for _ in 0..<9 {
                    group.addTask { await transport.exchange(.testSave).answer?.status }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(statuses == Array(repeating: 200, count: 9))
        #expect(server.mostUnderWay == 3)
        #expect(server.connections == 3)
    }

    @Test(
        "follows no redirect, whatever kind",
        arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"]
    )
    func redirects(_ status: String) async throws {
        let server = try ScriptedServer { _ in
            [.send(Wire.answer(status, fields: ["Location: /elsewhere"], body: "<html/>"))]
        }
        let exchange = try await withTransport(to: server) { await $0.exchange(.testSave) }
        #expect(exchange.answer?.status == Int(status.prefix(3)))
        #expect(server.requests.count == 1)
    }

    @Test("gives the status, Retry-After and what the body says, whatever the status is")
    func statuses() async throws {
        let refusal = "<out><error code='cannot_perform_cmd'/></out>"
        let server = try ScriptedServer { request in
            switch request.number {
            case 0: [.send(Wire.answer("401 Unauthorized", body: "<html/>"))]
            case 1: [.send(Wire.answer("503 Busy", fields: ["Retry-After: 120"]))]
            default: [.send(Wire.answer("403 Forbidden", body: refusal))]
            }
        }
        try await withTransport(to: server) { transport in
            let unauthenticated = await transport.exchange(.testSave).answer
            #expect(unauthenticated?.status == 401)
            #expect(unauthenticated?.retryAfter == nil)
            #expect(throws: MessageError.self) { try unauthenticated?.message.get() }
            let busy = await transport.exchange(.testSave).answer
            #expect(busy?.status == 503)
            #expect(busy?.retryAfter == .seconds(120))
            let refused = await transport.exchange(.testSave).answer
            #expect(refused?.status == 403)
            guard case .success(.error(let error)) = refused?.message else {
                Issue.record("the server's error was not read: \(String(describing: refused))")
                return
            }
            #expect(error.code == "cannot_perform_cmd")
        }
    }

    @Test("sends nothing where a request cannot be written")
    func unwritable() async throws {
        let server = try ScriptedServer()
        let exchange = try await withTransport(to: server) {
            await $0.exchange(.read(DocumentKey(application: "a\r\nX-Injected: 1")))
        }
        #expect(exchange.failure?.kind == .unwritable)
        #expect(server.connections == 0)
    }
}
