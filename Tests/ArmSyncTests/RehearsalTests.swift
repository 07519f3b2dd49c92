import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// What would happen, without anything happening.
@Suite struct RehearsalTests {
    private let station = Station()
    private let server = ModelServer()

    /// The report of a rehearsal, and the requests that went out.
    private func rehearse(
        over exchange: Exchange? = nil
    ) async throws -> (report: SyncReport?, requests: [ArmRequest]) {
        let transport = ScriptedTransport.to(server) { _, _ in exchange }
        let store = RehearsedStore(over: station.store)
        let engine = SyncEngine(
            store: store,
            transport: RehearsedTransport(over: transport),
            settings: station.settings,
            binding: Station.binding,
            now: { station.now },
            chance: { 1 }
        )
        var report: SyncReport?
        try await engine.run([.test], mode: SyncMode()) { report = $0 }
        return (report, transport.requests)
    }

    /// A rehearsal reports what the run after it reports, reads as often, and changes nothing.
    private func expectAsReal(_ exchange: Exchange? = nil) async throws {
        let before = (station.state(of: .test), station.store.serverStanding())
        let stored = server.stored(.test)
        let records = station.store.records(of: .test)
        let (rehearsed, requests) = try await rehearse(over: exchange)
        #expect(requests.allSatisfy { !$0.isSave })
        #expect(station.state(of: .test) == before.0)
        #expect(station.store.serverStanding() == before.1)
        #expect(station.store.records(of: .test) == records)
        #expect(server.stored(.test) == stored)

        let real = try await station.sync(over: .to(server) { _, _ in exchange })
        #expect(rehearsed?.result == real?.result)
        #expect(rehearsed?.edits == real?.edits)
        #expect(rehearsed?.requests == real?.requests)
    }

    @Test func `edits that would be saved are counted`() async throws {
        try station.edit(.test, .set("a", 1))
        try station.edit(.test, .set("b", 1))
        try await expectAsReal()
    }

    @Test func `what would be taken over, and what is settled, is told`() async throws {
        server.write(.json(["a": 1]), to: .test)
        try await expectAsReal()
        try await expectAsReal()
    }

    @Test func `a conflict is found, and not kept`() async throws {
        try station.edit(.test, .set("a", 1))
        server.write(.json(["z": 1]), to: .test)
        try await expectAsReal()
    }

    @Test(arguments: [Exchange.unreachable, .refused, .garbled, .page(status: 401)])
    func `a failure is told, and leaves no backoff`(exchange: Exchange) async throws {
        try station.edit(.test, .set("a", 1))
        try await expectAsReal(exchange)
    }

    @Test func `a document that cannot be read is told like any other`() async throws {
        try station.edit(.test, .set("a", 1))
        station.store.fail(.test, with: StoreError(.unreadable, "damaged"))
        let (report, requests) = try await rehearse()
        #expect(report?.result == .storeFailed(StoreError(.unreadable, "damaged")))
        #expect(requests.isEmpty)
    }
}
