import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct EngineFailureTests {
    private let station = Station()
    private let server = ModelServer()
    private let keys = DocumentKey.numbered(0..<50)

    private func editAll() throws {
        for key in keys { try station.edit(key, .set("a", 1)) }
    }

    @Test(arguments: [
        Exchange.unreachable, .page(status: 401), .page(status: 503), .page(status: 404),
    ])
    func `a server out of reach costs one request a run`(exchange: Exchange) async throws {
        try editAll()
        let transport = ScriptedTransport { _, _ in exchange }
        let reports = try await station.sync(keys, over: transport)
        #expect(transport.requests.count == 1)
        let kind = try #require(exchange.failure?.kind)
        #expect(reports.count == 50)
        #expect(reports.allSatisfy { $0.result == .failed(kind) })
        #expect(station.store.serverStanding().trouble?.kind == kind)
        #expect(keys.allSatisfy { station.state(of: $0).trouble == nil })
        #expect(keys.allSatisfy { station.state(of: $0).pendingEdits == 1 })
    }

    @Test func `a server lost on the way stops what has not begun and closes what had`()
        async throws
    {
        try editAll()
        let transport = ScriptedTransport.to(server) { _, number in
            number > 20 ? .unreachable : nil
        }
        let reports = try await station.sync(keys, over: transport)
        #expect(transport.requests.count <= 20 + station.settings.parallel)
        #expect(reports.contains { $0.result == .saved })
        for key in keys {
            let state = station.state(of: key)
            #expect(state.sent == nil)
            #expect(state.isUnsettled == (server.stored(key) == .absent))
        }
    }

    @Test func `a server that refuses everything is asked for every document`() async throws {
        try editAll()
        let transport = ScriptedTransport { _, _ in .refused }
        let reports = try await station.sync(keys, over: transport)
        #expect(transport.requests.count == 50)
        #expect(reports.allSatisfy { $0.result == .failed(.refused) })
        #expect(station.store.serverStanding().trouble == nil)
        #expect(station.store.serverStanding().lastContactAt == station.now)
    }

    @Test func `a store that fails for one document is that document's result`() async throws {
        try editAll()
        let unreadable = StoreError(.unreadable, "the journal is damaged")
        let full = StoreError(.failed, "the disk is full")
        station.store.fail(keys[0], with: unreadable)
        station.store.fail(keys[9], with: full)
        let reports = try await station.sync(keys, over: ScriptedTransport.to(server))
        #expect(reports[0].result == .storeFailed(unreadable))
        #expect(reports[9].result == .storeFailed(full))
        #expect(reports.count { $0.result == .saved } == 48)
        #expect(server.stored(keys[9]) == .absent)
    }

    @Test func `five refusals in a row need attention, and a save clears them`() async throws {
        try station.edit(.test, .set("a", 1))
        let refusing = ScriptedTransport.to(server) { request, _ in
            request.isSave ? .refused : nil
        }
        for attempt in 1...5 {
            let report = try #require(try await station.sync(over: refusing))
            #expect(report.needsAttention == (attempt == 5))
            #expect(station.state(of: .test).trouble?.attempts == attempt)
            station.advance(by: .seconds(60))
        }
        #expect(try await station.sync(over: .to(server))?.result == .saved)
        #expect(station.state(of: .test).trouble == nil)
    }

    @Test func `contact clears what is remembered against the server`() async throws {
        let down = ScriptedTransport { _, _ in .unreachable }
        _ = try await station.sync(over: down)
        let first = try #require(station.store.serverStanding().trouble)
        station.advance(by: .seconds(60))
        _ = try await station.sync(over: down)
        let second = try #require(station.store.serverStanding().trouble)
        #expect(second.attempts == 2 && second.since == first.since)
        _ = try await station.sync(over: .to(server))
        #expect(station.store.serverStanding().trouble == nil)
        #expect(station.store.serverStanding().lastContactAt == station.now)
    }

    @Test func `what is remembered of another server does not count`() async throws {
        let failure = try #require(Exchange.unreachable.failure)
        let trouble = RetryPolicy().trouble(
            after: failure,
            previous: nil,
            at: station.now,
            chance: 1
        )
        let other = Binding(server: "http://other:8086", domain: "biysk.local")
        try station.store.remember(ServerStanding(binding: other, trouble: trouble))
        let mode = SyncMode(onlyIfDue: true)
        #expect(try await station.sync(over: .to(server), mode: mode)?.requests == 1)
        #expect(station.store.serverStanding().binding == Station.binding)
    }
}
