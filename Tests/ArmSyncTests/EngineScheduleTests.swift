import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// What an unattended run leaves for later, and a typed one never does.
@Suite struct EngineScheduleTests {
    private let station = Station()
    private let server = ModelServer()
    private let ifDue = SyncMode(onlyIfDue: true)

    private func requests(_ mode: SyncMode, over exchange: Exchange? = nil) async throws -> Int {
        let transport = ScriptedTransport.to(server) { _, _ in exchange }
        _ = try await station.sync(over: transport, mode: mode)
        return transport.requests.count
    }

    @Test func `a document is read again when the last read is old enough`() async throws {
        #expect(try await requests(ifDue) == 1)
        station.advance(by: .seconds(299))
        #expect(try await requests(ifDue) == 0)
        #expect(try await requests(SyncMode()) == 1)
        station.advance(by: .seconds(299))
        #expect(try await requests(ifDue) == 0)
        station.advance(by: .seconds(1))
        #expect(try await requests(ifDue) == 1)
    }

    @Test func `edits do not wait for a refresh`() async throws {
        #expect(try await requests(ifDue) == 1)
        try station.edit(.test, .set("a", 1))
        #expect(try await requests(ifDue) == 3)
    }

    @Test func `an unattended pull reads only what is due for a refresh`() async throws {
        #expect(try await requests(ifDue) == 1)
        try station.edit(.test, .set("a", 1))
        #expect(try await requests(SyncMode(sends: false, onlyIfDue: true)) == 0)
        station.advance(by: .seconds(300))
        #expect(try await requests(SyncMode(sends: false, onlyIfDue: true)) == 1)
    }

    @Test func `the server's backoff holds every document, and a typed run ignores it`()
        async throws
    {
        try station.edit(.test, .set("a", 1))
        #expect(try await requests(ifDue, over: .unreachable) == 1)
        let waiting = try #require(try await station.sync(over: .to(server), mode: ifDue))
        #expect(waiting.result == .skipped && waiting.requests == 0)
        #expect(waiting.waits && waiting.trouble?.kind == .unreachable)
        #expect(try await requests(SyncMode(), over: .unreachable) == 1)
        station.advance(by: .milliseconds(3999))
        #expect(try await requests(ifDue) == 0)
        station.advance(by: .milliseconds(1))
        #expect(try await requests(ifDue) == 3)
        #expect(server.saves == 1)
    }

    @Test func `a document's backoff holds it alone`() async throws {
        let other = DocumentKey(application: "hodor", agent: "103")
        try station.edit(.test, .set("a", 1))
        #expect(try await requests(ifDue, over: .refused) == 1)
        try station.edit(other, .set("a", 1))
        let transport = ScriptedTransport.to(server)
        let reports = try await station.sync([.test, other], over: transport, mode: ifDue)
        #expect(reports.map(\.result) == [.skipped, .saved])
        #expect(reports[0].trouble?.kind == .refused)
        station.advance(by: .seconds(60))
        #expect(try await requests(ifDue) == 3)
    }

    @Test func `a held document is looked at again only when a refresh is due`() async throws {
        try station.edit(.test, .set("a", 1))
        server.write(.json(["a": 9]), to: .test)
        #expect(try await requests(ifDue) == 1)
        let report = try #require(try await station.sync(over: .to(server), mode: ifDue))
        #expect(report.result == .held(.conflict) && report.requests == 0)
        station.advance(by: .seconds(300))
        #expect(try await requests(ifDue) == 1)
    }

    @Test func `a conflict over an open save does not read at every run`() async throws {
        try station.edit(.test, .set("a", 1))
        _ = try await station.sync(
            over: .to(server) { request, _ in request.isSave ? .interrupted : nil }
        )
        server.write(.json(["a": 9]), to: .test)
        #expect(try await requests(SyncMode()) == 1)
        #expect(station.state(of: .test).sent != nil)
        #expect(try await requests(ifDue) == 0)
    }

    @Test func `a clock set back holds nothing up`() async throws {
        #expect(try await requests(ifDue) == 1)
        station.advance(by: .seconds(-7200))
        #expect(try await requests(ifDue) == 1)
    }

    @Test func `a server that asked to be left alone is left alone`() async throws {
        try station.edit(.test, .set("a", 1))
        let page = MessageError(message: "a page")
        let answer = Answer(status: 503, retryAfter: .seconds(120), message: .failure(page))
        #expect(try await requests(ifDue, over: .answered(answer)) == 1)
        station.advance(by: .seconds(119))
        #expect(try await requests(ifDue) == 0)
        station.advance(by: .seconds(1))
        #expect(try await requests(ifDue) == 3)
    }
}
