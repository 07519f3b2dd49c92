import ArmProtocol
import ArmSync
import SeededRandom
import Testing

@testable import ArmSyncCurl

@Suite("A transport over WebSocket ends", .timeLimit(.minutes(2)))
struct WebSocketEndTests {
    @Test("a request cancelled before its turn without sending it")
    func cancellationWhileWaiting() async throws {
        let server = try ScriptedServer.webSocket { _ in [] }
        try await withWebSocket(to: server, { $0.parallel = 1 }) { transport in
            let first = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(1))
            let second = Task { await transport.exchange(.testSave) }
            second.cancel()
            #expect(await second.value.failure?.kind == .interrupted(whileConnecting: true))
            first.cancel()
            #expect(await first.value.failure?.code == "cancelled")
        }
        #expect(server.messages.count == 1)
    }

    @Test("a request cancelled amid the handshake at once, and goes on working")
    func cancellationInHandshake() async throws {
        let server = try ScriptedServer.webSocket(upgrade: { request in
            request.connection == 0 ? [.hang] : [.send(Wire.upgrade(request))]
        })
        try await withWebSocket(to: server, { $0.stallTimeout = .soon }) { transport in
            let first = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(0))
            first.cancel()
            #expect(await first.value.failure?.kind == .interrupted(whileConnecting: true))
            // The next one may find a handshake under way that never ends.
            _ = await transport.exchange(.testSave)
            #expect(await transport.exchange(.testSave).answer?.status == 200)
        }
    }

    @Test("everything under way as interrupted when it is closed, and sends nothing afterwards")
    func closing() async throws {
        let server = try ScriptedServer.webSocket { _ in [] }
        try await withWebSocket(to: server, { $0.parallel = 2 }) { transport in
            let exchanges = (0..<3).map { _ in Task { await transport.exchange(.testSave) } }
            await server.wait(for: .request(2))
            transport.close()
            for exchange in exchanges {
                guard case .interrupted = await exchange.value.failure?.kind else {
                    Issue.record("a request did not end as interrupted")
                    continue
                }
            }
            transport.close()
            #expect(await transport.exchange(.testSave).failure?.code == "closed")
        }
        #expect(server.messages.count == 2)
    }

    @Test("amid connecting and amid a handshake too, when it is closed")
    func closingEarly() async throws {
        let full = try FullListener()
        defer { full.stop() }
        let server = try ScriptedServer { _ in [.hang] }
        defer { server.stop() }
        for url in ["http://127.0.0.1:\(full.port)", server.url] {
            let transport = try WebSocketTransport(.test(url))
            let exchange = Task { await transport.exchange(.testSave) }
            if url == server.url { await server.wait(for: .request(0)) }
            transport.close()
            guard case .interrupted(whileConnecting: true) = await exchange.value.failure?.kind
            else {
                Issue.record("it did not end as unsent")
                continue
            }
        }
    }

    @Test("a farewell that nobody answers after a second")
    func deafServer() async throws {
        let server = try ScriptedServer.webSocket(control: { _, _ in [] })
        try await withWebSocket(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            transport.close()
        }
        #expect(server.requests.last?.frame?.opcode == Frame.close)
    }

    @Test("many requests exactly once while some of them are cancelled at any moment")
    func storm() async throws {
        let server = try ScriptedServer.webSocket()
        try await withWebSocket(to: server) { transport in
            await withTaskGroup(of: Exchange.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let exchange = Task { await transport.exchange(.testSave) }
                        if number.isMultiple(of: 3) { exchange.cancel() }
                        return await exchange.value
                    }
                }
                for await exchange in group {
                    #expect(
                        exchange.answer?.message == .success(.saved)
                            || exchange.failure?.code == "cancelled"
                    )
                }
            }
            #expect(transport.connections == 1)
        }
        #expect(server.messages.count >= 133)
    }

    @Test(
        "each request with its own answer or none, a save on the wire at most once, whatever happens",
        arguments: 0..<10 as Range<UInt64>
    )
    func faults(seed: UInt64) async throws {
        let server = try ScriptedServer.webSocket { request in
            var random = SeededGenerator(seed: seed &* 1000 &+ UInt64(request.number))
            // The number is also the document's, so that a wrong answer is found out.
            let body =
                #"[{"_name":"out","_content":[{"_name":"error","_attributes":{"code":"n"#
                + request.sequence + #""}}]}]"#
            let answer = Wire.frame(Wire.message(body, to: request.sequence))
            let noise = Wire.frame(Wire.message(Wire.savedNodes, to: "0000"))
            return switch random.below(12) {
            case 0: [.close]
            case 1: [.reset]
            case 2: [.send(answer + Wire.closing(1001)), .close]
            case 3: [.send(Array(answer.dropLast(7))), .close]
            case 4: [.send(noise + answer)]
            case 5: [.send(answer + answer)]
            default: [.send(answer)]
            }
        }
        try await withWebSocket(to: server) { transport in
            await withTaskGroup(of: Exchange.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        await transport.exchange(number.isMultiple(of: 2) ? .testRead : .testSave)
                    }
                }
                for await exchange in group {
                    if let answer = exchange.answer {
                        guard case .success(.error(let error)) = answer.message else {
                            Issue.record("seed \(seed): \(answer)")
                            continue
                        }
                        #expect(error.code.hasPrefix("n"), "seed \(seed)")
                    }
                }
            }
        }
        let saves = server.messages.filter(\.isSave).map(\.sequence)
        #expect(Set(saves).count == saves.count, "seed \(seed): a save was repeated")
        let reads = Dictionary(grouping: server.messages.filter { !$0.isSave }, by: \.sequence)
        #expect(reads.values.allSatisfy { $0.count <= 2 }, "seed \(seed)")
    }
}
