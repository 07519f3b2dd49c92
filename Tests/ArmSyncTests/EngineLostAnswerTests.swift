import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct EngineLostAnswerTests {
    private let station = Station()
    private let server = ModelServer()

    /// One run in which the answer to the save is lost, carried out or not.
    private func loseSave(_ fault: ModelServer.Fault) async throws {
        let losing = ScriptedTransport.to(server) { [server] request, _ in
            request.isSave ? server.exchange(request, fault: fault) : nil
        }
        #expect(try await station.sync(over: losing)?.result == .failed(.transient))
        #expect(station.state(of: .test).sent != nil)
    }

    @Test func `a save that had arrived is confirmed by the next read and not sent again`()
        async throws
    {
        try station.edit(.test, .set("a", 1))
        try station.edit(.test, .set("b", 2))
        try await loseSave(.answerLost)
        let transport = ScriptedTransport.to(server)
        let report = try #require(try await station.sync(over: transport))
        #expect(report.result == .saved && report.edits == 2)
        #expect(transport.saves.isEmpty)
        #expect(server.saves == 1)
        #expect(!station.state(of: .test).isUnsettled)
        #expect(station.state(of: .test).trouble == nil)
    }

    @Test func `a save that had not arrived is sent once more`() async throws {
        try station.edit(.test, .set("a", 1))
        try await loseSave(.requestLost)
        let transport = ScriptedTransport.to(server)
        let report = try #require(try await station.sync(over: transport))
        #expect(report.result == .saved && report.edits == 1)
        #expect(transport.saves.count == 1)
        #expect(server.stored(.test) == .json(["a": 1]))
    }

    @Test func `edits made since follow a save that had arrived`() async throws {
        try station.edit(.test, .set("a", 1))
        try await loseSave(.answerLost)
        try station.edit(.test, .set("b", 2))
        let report = try #require(try await station.sync(over: .to(server)))
        #expect(report.result == .saved && report.edits == 2)
        #expect(server.stored(.test) == .json(["a": 1, "b": 2]))
    }

    @Test func `an edit that undoes a save whose answer was lost reaches the server`() async throws
    {
        server.write(.json(["a": 1]), to: .test)
        _ = try await station.sync(over: .to(server))
        try station.edit(.test, .set("a", 2))
        try await loseSave(.answerLost)
        try station.edit(.test, .set("a", 1))
        #expect(!station.state(of: .test).hasUnsaved)
        _ = try await station.sync(over: .to(server))
        #expect(server.stored(.test) == .json(["a": 1]))
    }

    @Test func `a rival beside a save whose answer was lost is merged with it`() async throws {
        try station.edit(.test, .set("a", 1))
        try await loseSave(.answerLost)
        server.write(.json(["z": 9]), to: .test)
        #expect(try await station.sync(over: .to(server))?.result == .merged)
        #expect(server.stored(.test) == .json(["a": 1, "z": 9]))
        #expect(station.state(of: .test).pendingEdits == 0)
    }

    @Test func `a rival over a save whose answer was lost is a conflict and nothing is sent`()
        async throws
    {
        try station.edit(.test, .set("a", 1))
        try await loseSave(.answerLost)
        server.write(.json(["a": 9]), to: .test)
        let transport = ScriptedTransport.to(server)
        #expect(try await station.sync(over: transport)?.result == .held(.conflict))
        #expect(transport.saves.isEmpty)
        #expect(station.state(of: .test).pendingEdits == 1)
    }

    /// Killed between the journal's word and the request, or between the answer and the journal's.
    @Test(arguments: [true, false])
    func `a run that was killed is taken up by the next`(hadArrived: Bool) async throws {
        try station.edit(.test, .set("a", 1))
        let now = station.now
        try station.store.commit(.test, at: now) { state in
            state.afterReading(.absent, from: Station.binding, at: now, sends: true).record
        }
        if hadArrived { server.write(.json(["a": 1]), to: .test) }
        let transport = ScriptedTransport.to(server)
        #expect(try await station.sync(over: transport)?.result == .saved)
        #expect(transport.saves.count == (hadArrived ? 0 : 1))
        #expect(server.stored(.test) == .json(["a": 1]))
    }

    @Test func `an unattended run settles an open save without waiting for a refresh`()
        async throws
    {
        try station.edit(.test, .set("a", 1))
        try await loseSave(.answerLost)
        try station.store.commit(.test, at: station.now) { $0.afterRetry() }
        let mode = SyncMode(onlyIfDue: true)
        #expect(try await station.sync(over: .to(server), mode: mode)?.result == .saved)
    }

    @Test func `unseen, an open save is sent again, and its undoing is not lost`() async throws {
        station.configure { settings in
            settings.blindSaves = true
            settings.conflictDetection = false
        }
        try station.edit(.test, .set("a", 1))
        _ = try await station.sync(over: .to(server))
        try station.edit(.test, .set("a", 2))
        try await loseSave(.answerLost)
        try station.edit(.test, .set("a", 1))
        _ = try await station.sync(over: ScriptedTransport { _, _ in .unreachable })
        #expect(station.state(of: .test).isUnsettled)
        #expect(try await station.sync(over: .to(server))?.result == .saved)
        #expect(server.stored(.test) == .json(["a": 1]))
        #expect(!station.state(of: .test).isUnsettled)
    }
}
