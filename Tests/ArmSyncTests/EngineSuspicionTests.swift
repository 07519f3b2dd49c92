import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Whether a failure is a document's own or the server's shows with the next document.
@Suite struct EngineSuspicionTests {
    private let station = Station()
    private let server = ModelServer()
    private let keys = DocumentKey.numbered(0..<50)

    private func editAll() throws {
        for key in keys { try station.edit(key, .set("a", 1)) }
    }

    @Test(
        arguments: [Exchange.refused, .garbled, .interrupted, .page(status: 500)],
        [false, true]
    )
    func `one poisoned document never blocks the others`(
        exchange: Exchange,
        onSave: Bool
    ) async throws {
        try editAll()
        let poisoned = keys[7]
        let transport = ScriptedTransport.to(server) { request, _ in
            request.key == poisoned && request.isSave == onSave ? exchange : nil
        }
        let reports = try await station.sync(keys, over: transport)
        #expect(reports.count { $0.result == .saved } == 49)
        let failure = try #require(exchange.failure)
        #expect(reports[7].result == .failed(failure.kind))
        #expect(station.state(of: poisoned).trouble?.kind == failure.kind)
        #expect(station.state(of: poisoned).pendingEdits == 1)
        #expect((station.state(of: poisoned).sent != nil) == (onSave && !failure.closesSent))
        #expect(station.store.serverStanding().trouble == nil)
    }

    @Test(arguments: [Exchange.garbled, .interrupted, .page(status: 502)])
    func `a second document in a row that meets the same stops the run`(
        exchange: Exchange
    ) async throws {
        try editAll()
        let transport = ScriptedTransport { _, _ in exchange }
        _ = try await station.sync(keys, over: transport)
        #expect(transport.requests.count == 2)
        #expect(station.store.serverStanding().trouble?.kind == exchange.failure?.kind)
    }

    @Test func `poisoned documents side by side do not block those behind them for ever`()
        async throws
    {
        let poisoned = Array(keys[0..<3])
        let transport = ScriptedTransport.to(server) { request, _ in
            poisoned.contains(request.key) ? .garbled : nil
        }
        for _ in 0..<3 { _ = try await station.sync(keys, over: transport) }
        for _ in 0..<3 {
            for key in keys { try station.edit(key, .set("a", .number(JSONNumber(server.saves)))) }
            let reports = try await station.sync(keys, over: transport)
            #expect(reports.count { $0.result == .saved } == 47)
        }
    }

    /// Large requests may be lost where small ones pass.
    @Test func `saves that all end so stop the run though every read is answered`() async throws {
        try editAll()
        let transport = ScriptedTransport.to(server) { request, _ in
            request.isSave ? .interrupted : nil
        }
        _ = try await station.sync(keys, over: transport)
        #expect(transport.saves.count <= 1 + station.settings.parallel)
        #expect(station.store.serverStanding().trouble?.kind == .transient)
    }
}
