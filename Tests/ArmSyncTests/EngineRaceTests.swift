import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Two stations: the second one's whole run falls between the first one's read and its save.
@Suite struct EngineRaceTests {
    private let server = ModelServer()
    private let first = Station()
    private let second = Station()

    init() async throws {
        server.write(.json(["a": 1, "b": 1]), to: .test)
        for station in [first, second] { _ = try await station.sync(over: .to(server)) }
    }

    /// The first station syncs, and overwrites unseen what the second one saves meanwhile.
    private func race() async throws {
        let (server, second) = (server, second)
        let transport = ScriptedTransport { request, _ in
            if request.isSave { _ = try? await second.sync(over: .to(server)) }
            return server.exchange(request)
        }
        #expect(try await first.sync(over: transport)?.result == .saved)
    }

    /// Whether server and stations hold the same, and nothing waits.
    private func expectOne(_ document: JSONValue) {
        #expect(server.stored(.test) == .json(document))
        for station in [first, second] {
            #expect(station.state(of: .test).local == Content(document))
            #expect(!station.state(of: .test).isUnsettled)
        }
    }

    @Test func `what was overwritten unseen comes back, and both end with one document`()
        async throws
    {
        try first.edit(.test, .set("a", 2))
        try second.edit(.test, .set("b", 2))
        try await race()
        #expect(server.stored(.test) == .json(["a": 2, "b": 1]))
        #expect(try await second.sync(over: .to(server))?.result == .merged)
        #expect(try await first.sync(over: .to(server))?.result == .merged)
        expectOne(["a": 2, "b": 2])
    }

    @Test func `where both changed the same place, the later save stands everywhere`() async throws
    {
        try first.edit(.test, .set("a", 2))
        try second.edit(.test, .set("a", 3))
        try await race()
        for station in [second, first] { _ = try await station.sync(over: .to(server)) }
        expectOne(["a": 2, "b": 1])
    }

    @Test(arguments: [(Side.mine, 2), (.theirs, 1)])
    func `overwritten unseen once more, it is a conflict, and settled it is one document`(
        side: Side,
        b: Int
    ) async throws {
        try first.edit(.test, .set("a", 2))
        try second.edit(.test, .set("b", 2))
        try await race()
        try first.edit(.test, .set("c", 1))
        try await race()
        #expect(server.stored(.test) == .json(["a": 2, "b": 1, "c": 1]))
        #expect(try await second.sync(over: .to(server))?.result == .held(.conflict))
        #expect(second.state(of: .test).local == Content(["a": 2, "b": 2]))
        let moment = second.now
        try second.store.commit(.test, at: moment) { state in
            try? state.resolving(side, author: "operator", at: moment)
        }
        for station in [second, first] { _ = try await station.sync(over: .to(server)) }
        expectOne(["a": 2, "b": .number(JSONNumber(b)), "c": 1])
    }
}
