import ArmProtocol
import ArmSync
import ArmSyncCurl
import Testing

@Suite("A transport over libcurl ends", .timeLimit(.minutes(2)))
struct CurlTransportEndTests {
    @Test("a save at most once, also where a kept connection is closed after it was applied")
    func saveOnce() async throws {
        let server = try ScriptedServer { $0.number == 1 ? [.close] : [.send(Wire.saved)] }
        try await withTransport(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            let failure = await transport.exchange(.testSave).failure
            #expect(failure?.kind == .interrupted(whileConnecting: false))
            #expect(failure?.code == "curl 65")
            #expect(server.requests.map(\.connection) == [0, 0])
            #expect(await transport.exchange(.testSave).answer?.status == 200)
        }
        #expect(server.requests.count == 3)
    }

    @Test("a long save at most once too")
    func longSaveOnce() async throws {
        let server = try ScriptedServer { $0.number == 1 ? [.close] : [.send(Wire.saved)] }
        try await withTransport(to: server) { transport in
            #expect(await transport.exchange(.testSave).answer?.status == 200)
            let failure = await transport.exchange(.testSave(over: 2 << 20)).failure
            #expect(failure?.kind == .interrupted(whileConnecting: false))
        }
        #expect(server.requests.count == 2)
    }

    @Test("a read with its answer, also where a kept connection is closed under it")
    func readAgain() async throws {
        let server = try ScriptedServer { $0.number == 1 ? [.close] : [.send(Wire.empty)] }
        try await withTransport(to: server) { transport in
            for _ in 0..<2 {
                let message = await transport.exchange(.testRead).answer?.message
                #expect(message == .success(.userData(.empty)))
            }
        }
        #expect(server.requests.map(\.connection) == [0, 0, 1])
        #expect(
            try server.requests.map(\.body)
                == Array(
                    repeating: XMLForm().encode(.testRead),
                    count: 3
                )
        )
    }

    @Test("a cancelled request at once, closes its connection, and goes on working")
    func cancellation() async throws {
        let server = try ScriptedServer { [$0.number == 0 ? .hang : .send(Wire.saved)] }
        try await withTransport(to: server) { transport in
            let exchange = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(0))
            exchange.cancel()
            #expect(
                await exchange.value
                    == .failed(
                        TransportFailure(
                            kind: .interrupted(whileConnecting: false),
                            code: "cancelled",
                            message: "the request was cancelled"
                        )
                    )
            )
            await server.wait(for: .ended(connection: 0))
            #expect(await transport.exchange(.testSave).answer?.status == 200)
        }
    }

    @Test("a request cancelled before its turn without sending it")
    func cancellationWhileWaiting() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        try await withTransport(to: server, { $0.parallel = 1 }) { transport in
            let first = Task { await transport.exchange(.testSave) }
            await server.wait(for: .request(0))
            let second = Task { await transport.exchange(.testSave) }
            second.cancel()
            #expect(
                await second.value.failure?.kind == .interrupted(whileConnecting: true)
            )
            first.cancel()
            #expect(await first.value.failure?.code == "cancelled")
        }
        #expect(server.requests.count == 1)
    }

    @Test("a request of a task that is cancelled already without sending it")
    func cancellationBefore() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        try await withTransport(to: server) { transport in
            let exchange = Task {
                while !Task.isCancelled { await Task.yield() }
                return await transport.exchange(.testSave)
            }
            exchange.cancel()
            #expect(await exchange.value.failure?.code == "cancelled")
        }
        #expect(server.connections == 0)
    }

    @Test("everything under way as interrupted when it is closed, and sends nothing afterwards")
    func closing() async throws {
        let server = try ScriptedServer { _ in [.hang] }
        try await withTransport(to: server, { $0.parallel = 2 }) { transport in
            let exchanges = (0..<3).map { _ in Task { await transport.exchange(.testSave) } }
            await server.wait(for: .request(1))
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
        #expect(server.requests.count == 2)
    }

    @Test("many requests exactly once while some of them are cancelled at any moment")
    func storm() async throws {
        let server = try ScriptedServer()
        try await withTransport(to: server) { transport in
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
                        exchange.answer?.status == 200 || exchange.failure?.code == "cancelled"
                    )
                }
            }
        }
        #expect(server.requests.count >= 133)
    }
}
