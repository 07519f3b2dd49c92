import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A server that refuses a WebSocket", .timeLimit(.minutes(2)))
struct WebSocketRefusalTests {
    private func exchange(
        _ answer: [UInt8],
        then steps: [ScriptedServer.Step] = [.hang],
        _ change: (inout CurlConfiguration) -> Void = { _ in }
    ) async throws -> Exchange {
        let server = try ScriptedServer { _ in [.send(answer)] + steps }
        let exchange = try await withWebSocket(to: server, change) {
            await $0.exchange(.testSave)
        }
        #expect(server.requests.count == 1, "no redirect is followed, nothing is asked twice")
        return exchange
    }

    @Test(
        "is judged by its status as over HTTP",
        arguments: [
            ("302 Found", FailureKind.garbled), ("400 Bad Request", .misconfigured),
            ("401 Unauthorized", .unauthenticated), ("403 Forbidden", .unauthenticated),
            ("404 Not Found", .misconfigured), ("407 Proxy Authentication", .unauthenticated),
            ("413 Too Large", .misconfigured), ("426 Upgrade Required", .misconfigured),
            ("429 Too Many", .transient), ("500 Oops", .transient), ("502 Bad", .transient),
            ("200 OK", .garbled), ("204 Nothing", .garbled),
        ]
    )
    func statuses(status: String, kind: FailureKind) async throws {
        let exchange = try await exchange(
            Wire.answer(status, fields: ["Location: /elsewhere"], body: "<html><body/></html>")
        )
        #expect(exchange.answer?.status == Int(status.prefix(3)))
        guard case .failure(let failure) = exchange.judged else {
            Issue.record("\(exchange)")
            return
        }
        #expect(failure.kind == kind)
        #expect(failure.code == "http \(status.prefix(3))")
    }

    @Test("with a page of a captive portal is named as what it is")
    func portal() async throws {
        let exchange = try await exchange(Wire.answer(body: "<html>Log in to the guest net</html>"))
        #expect(
            exchange.answer?.message == .failure(MessageError(message: "an HTML page"))
        )
    }

    @Test("with an error of its own says so, whatever the status is")
    func refused() async throws {
        let exchange = try await exchange(
            Wire.answer("403 Forbidden", body: "<out><error code='cannot_perform_cmd'/></out>")
        )
        guard case .success(.error(let error)) = exchange.answer?.message else {
            Issue.record("\(exchange)")
            return
        }
        #expect(error.code == "cannot_perform_cmd")
    }

    @Test("with what looks like success has not saved anything")
    func impostor() async throws {
        let exchange = try await exchange(Wire.saved)
        guard case .failure = exchange.answer?.message else {
            Issue.record("\(exchange)")
            return
        }
    }

    @Test(
        "says when to come back",
        arguments: [("120", Duration.seconds(120)), ("0", nil), ("soon", nil)]
    )
    func retryAfter(value: String, expected: Duration?) async throws {
        let exchange = try await exchange(
            Wire.answer("503 Busy", fields: ["Retry-After: \(value)"])
        )
        #expect(exchange.answer?.retryAfter == expected)
    }

    @Test("says by a date when to come back")
    func retryAfterDate() async throws {
        let exchange = try await exchange(
            Wire.answer("503 Busy", fields: ["Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"])
        )
        let wait = try #require(exchange.answer?.retryAfter)
        #expect(wait > .seconds(365 * 24 * 60 * 60))
    }

    @Test("keeps its status where its body never comes or breaks off")
    func halfBody() async throws {
        let half = Array(Wire.answer("404 Not Found", body: "<html>long</html>").dropLast(3))
        let silent = try await exchange(half, then: [.hang]) { $0.stallTimeout = .milliseconds(50) }
        #expect(silent.answer?.status == 404)
        let closed = try await exchange(half, then: [.close])
        #expect(closed.answer?.status == 404)
    }

    @Test("refuses every request that waits for the connection")
    func all() async throws {
        let server = try ScriptedServer { _ in [.send(Wire.answer("401 No")), .hang] }
        try await withWebSocket(to: server) { transport in
            await withTaskGroup(of: Int?.self) { group in
                for _ in 0..<6 {
                    group.addTask { await transport.exchange(.testSave).answer?.status }
                }
                for await status in group { #expect(status == 401) }
            }
            #expect(transport.connections == 0)
        }
    }

    @Test(
        "in a way that is no answer at all was not sent anything",
        arguments: [
            ([.send(Array("220 mail ready\r\n".utf8)), .hang], "websocket handshake", "not HTTP"),
            (
                [.send(Array(("HTTP/1.1 101 Fine\r\n\r\n").utf8)), .hang], "websocket handshake",
                "another protocol"
            ),
            ([.close], "curl 52", "closed without an answer"), ([.reset], "curl 56", "broke"),
            ([.hang], "curl 28", "nothing moved for 300 ms"),
            (
                [.send(Array("HTTP/1.1 101 Fi".utf8)), .close], "curl 52",
                "closed without an answer"
            ),
        ] as [([ScriptedServer.Step], String, String)]
    )
    func noAnswer(steps: [ScriptedServer.Step], code: String, words: String) async throws {
        let server = try ScriptedServer { _ in steps }
        let failure = try await withWebSocket(
            to: server,
            { $0.stallTimeout = .milliseconds(300) },
            { await $0.exchange(.testSave).failure }
        )
        #expect(failure?.code == code)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        let isConnecting = failure?.kind == .interrupted(whileConnecting: true)
        #expect(isConnecting || failure?.kind == .garbled)
        #expect(server.requests.count == 1)
    }
}
