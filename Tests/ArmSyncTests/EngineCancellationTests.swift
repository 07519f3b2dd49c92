import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// A run that is ended from outside blames nobody for it, and loses nothing.
@Suite struct EngineCancellationTests {
    private let station = Station()
    private let server = ModelServer()
    private let keys = DocumentKey.numbered(0..<20)

    private func editAll() throws {
        for key in keys { try station.edit(key, .set("a", 1)) }
    }

    /// Runs until a request for which `ends` holds is under way, and cancels the run then.
    private func run(
        _ fault: ModelServer.Fault,
        cancelledAt ends: @escaping @Sendable (ArmRequest, Int) -> Bool
    ) async throws -> (reports: [SyncReport], requests: [ArmRequest]) {
        let (moments, moment) = AsyncStream.makeStream(of: Void.self)
        let transport = ScriptedTransport { [server] request, number in
            guard ends(request, number) else { return server.exchange(request) }
            moment.yield()
            while !Task.isCancelled { await Task.yield() }
            return server.exchange(request, fault: fault)
        }
        let run = Task { [station, keys] in try await station.sync(keys, over: transport) }
        for await _ in moments { break }
        run.cancel()
        return (try await run.value, transport.requests)
    }

    @Test func `a read that is cancelled leaves no trace, and nothing is begun after it`()
        async throws
    {
        try editAll()
        let before = keys.map(station.state(of:))
        let (reports, requests) = try await run(.requestLost) { _, number in number == 1 }
        #expect(reports.map(\.result) == keys.map { _ in .cutShort })
        #expect(reports.map(\.requests) == [1] + keys.dropFirst().map { _ in 0 })
        #expect(requests.count == 1)
        #expect(keys.map(station.state(of:)) == before)
        #expect(station.store.serverStanding().trouble == nil)
    }

    @Test(arguments: [ModelServer.Fault.answerLost, .requestLost])
    func `a save that is cancelled stays open, and the next read settles it`(
        fault: ModelServer.Fault
    ) async throws {
        try editAll()
        let (reports, _) = try await run(fault) { request, _ in request.isSave }
        #expect(reports[0].result == .cutShort && reports[0].requests == 2)
        let state = station.state(of: keys[0])
        #expect(state.sent != nil && state.trouble == nil)
        #expect(station.store.serverStanding().trouble == nil)
        #expect(station.store.serverStanding().lastContactAt == station.now)

        let after = try await station.sync(keys, over: .to(server))
        #expect(after.allSatisfy { $0.result == .saved && $0.edits == 1 })
        #expect(server.saves == keys.count)
        #expect(server.unseenSaves.isEmpty)
    }

    @Test func `an answer that came all the same counts, and the save behind it is closed`()
        async throws
    {
        try editAll()
        let transport = ScriptedTransport { [server] request, _ in
            withUnsafeCurrentTask { $0?.cancel() }
            return server.exchange(request)
        }
        let run = Task { [station, keys] in try await station.sync(keys, over: transport) }
        let reports = try await run.value
        #expect(reports.map(\.result) == keys.map { _ in .cutShort })
        #expect(transport.requests.count == 1)
        let state = station.state(of: keys[0])
        #expect(state.sent == nil && state.pendingEdits == 1 && state.trouble == nil)
        #expect(state.base == .absent)
    }

    @Test(arguments: [TransportFailure.Kind.unreachable, .misconfigured])
    func `a save given up before anything was sent is closed`(
        kind: TransportFailure.Kind
    ) async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport { [server] request, _ in
            guard request.isSave else { return server.exchange(request) }
            withUnsafeCurrentTask { $0?.cancel() }
            return .failed(TransportFailure(kind: kind, code: "given up", message: "given up"))
        }
        let run = Task { [station] in try await station.sync(over: transport) }
        #expect(try await run.value?.result == .cutShort)
        let state = station.state(of: .test)
        #expect(state.sent == nil && state.pendingEdits == 1 && state.trouble == nil)
        #expect(station.store.serverStanding().trouble == nil)
    }

    @Test func `trouble that was there stays as it was`() async throws {
        try editAll()
        _ = try await station.sync([keys[0]], over: ScriptedTransport { _, _ in .refused })
        _ = try await station.sync([keys[0]], over: ScriptedTransport { _, _ in .unreachable })
        let troubles = (
            station.state(of: keys[0]).trouble, station.store.serverStanding().trouble
        )
        #expect(troubles.0?.kind == .refused && troubles.1?.kind == .unreachable)
        station.advance(by: .seconds(60))
        _ = try await run(.requestLost) { _, number in number == 1 }
        #expect(station.state(of: keys[0]).trouble == troubles.0)
        #expect(station.store.serverStanding().trouble == troubles.1)
    }

    @Test func `a run over several documents at once ends with all of them`() async throws {
        try editAll()
        let (reports, requests) = try await run(.requestLost) { _, number in number > 6 }
        #expect(reports.count == keys.count)
        #expect(reports.contains { $0.result == .saved })
        #expect(requests.count <= 6 + station.settings.parallel)
        for (key, report) in zip(keys, reports) {
            #expect(report.result == .saved || report.result == .cutShort)
            #expect(station.state(of: key).trouble == nil)
        }
        #expect(station.store.serverStanding().trouble == nil)
    }
}
