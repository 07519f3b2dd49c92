import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct EngineHeldTests {
    private let station = Station()
    private let server = ModelServer()
    private let other = DocumentKey(application: "hodor", agent: "103")

    /// A document with an unsaved edit where a rival wrote something else.
    private func conflict() async throws {
        server.write(.json(["a": 1]), to: .test)
        _ = try await station.sync(over: .to(server))
        try station.edit(.test, .set("a", 2))
        server.write(.json(["a": 9]), to: .test)
        #expect(try await station.sync(over: .to(server))?.result == .held(.conflict))
    }

    @Test func `a rival's change at another place goes to the server together with ours`()
        async throws
    {
        server.write(.json(["a": 1]), to: .test)
        _ = try await station.sync(over: .to(server))
        try station.edit(.test, .set("b", 2))
        server.write(.json(["a": 9]), to: .test)
        #expect(try await station.sync(over: .to(server))?.result == .merged)
        #expect(server.stored(.test) == .json(["a": 9, "b": 2]))
        #expect(station.state(of: .test).local == Content(["a": 9, "b": 2]))
        #expect(station.store.records(of: .test).contains { $0.event == .merged })
    }

    private func resolve(_ side: Side) throws {
        let now = station.now
        try station.store.commit(.test, at: now) { state in
            try? state.resolving(side, author: "operator", at: now)
        }
    }

    @Test func `a conflict sends nothing, takes further edits and lets the others go on`()
        async throws
    {
        try await conflict()
        try station.edit(.test, .set("c", 3))
        try station.edit(other, .set("x", 1))
        let reports = try await station.sync([.test, other], over: .to(server))
        #expect(reports.map(\.result) == [.held(.conflict), .saved])
        #expect(server.stored(.test) == .json(["a": 9]))
        #expect(station.state(of: .test).local == Content(["a": 2, "c": 3]))
        #expect(station.state(of: .test).pendingEdits == 2)
    }

    @Test func `mine is sent if the server still holds what was shown`() async throws {
        try await conflict()
        try resolve(.mine)
        #expect(try await station.sync(over: .to(server))?.result == .saved)
        #expect(server.stored(.test) == .json(["a": 2]))
    }

    @Test func `mine is held again if the server has moved on`() async throws {
        try await conflict()
        try resolve(.mine)
        server.write(.json(["a": 10]), to: .test)
        #expect(try await station.sync(over: .to(server))?.result == .held(.conflict))
        #expect(server.stored(.test) == .json(["a": 10]))
    }

    @Test func `theirs becomes local and nothing is sent`() async throws {
        try await conflict()
        try resolve(.theirs)
        let transport = ScriptedTransport.to(server)
        #expect(try await station.sync(over: transport)?.result == .unchanged)
        #expect(transport.saves.isEmpty)
        #expect(station.state(of: .test).local == Content(["a": 9]))
    }

    @Test(arguments: [UserData.absent, .empty, .json([:])])
    func `what the server lost is held until mine restores it`(nothing: UserData) async throws {
        server.write(.json(["a": 1]), to: .test)
        _ = try await station.sync(over: .to(server))
        server.write(nothing, to: .test)
        #expect(try await station.sync(over: .to(server))?.result == .held(.remoteEmptied))
        #expect(server.stored(.test) == nothing)
        try resolve(.mine)
        #expect(try await station.sync(over: .to(server))?.result == .saved)
        #expect(server.stored(.test) == .json(["a": 1]))
    }

    @Test func `foreign content is held until mine replaces it`() async throws {
        let foreign = UserData.foreign(ForeignContent(text: "{", reason: "no JSON"))
        server.write(foreign, to: .test)
        try station.edit(.test, .set("a", 1))
        #expect(try await station.sync(over: .to(server))?.result == .held(.foreignContent))
        #expect(server.stored(.test) == foreign)
        try resolve(.mine)
        #expect(try await station.sync(over: .to(server))?.result == .saved)
        #expect(server.stored(.test) == .json(["a": 1]))
    }

    @Test func `a document of another server is held without a request`() async throws {
        try station.edit(.test, .set("a", 1))
        let elsewhere = Binding(server: "http://other:8086", domain: "biysk.local")
        let now = station.now
        try station.store.commit(.test, at: now) { state in
            state.afterReading(.absent, from: elsewhere, at: now, sends: false).record
        }
        let transport = ScriptedTransport.to(server)
        #expect(try await station.sync(over: transport)?.result == .held(.foreignServer))
        #expect(transport.requests.isEmpty)
    }

    /// The old server's answer must not bind the document to it again.
    @Test func `a document rebound while it is read takes nothing from the old server`()
        async throws
    {
        server.write(.json(["a": 1]), to: .test)
        _ = try await station.sync(over: .to(server))
        try station.edit(.test, .set("b", 2))
        let elsewhere = Binding(server: "http://other:8086", domain: "biysk.local")
        let transport = ScriptedTransport.to(server) { [station] request, _ in
            if !request.isSave {
                _ = try? station.store.commit(.test, at: station.now) { state in
                    state.rebinding(to: elsewhere)
                }
            }
            return nil
        }
        #expect(try await station.sync(over: transport)?.result == .held(.foreignServer))
        #expect(transport.saves.isEmpty)
        #expect(station.state(of: .test).binding == elsewhere)
        #expect(station.state(of: .test).base == .unknown)
    }

    @Test func `a conflict is not sent unseen when reading is no longer possible`() async throws {
        try await conflict()
        for blindSaves in [false, true] {
            station.configure { settings in
                settings.conflictDetection = false
                settings.blindSaves = blindSaves
            }
            let transport = ScriptedTransport.to(server)
            #expect(try await station.sync(over: transport)?.result == .held(.conflict))
            #expect(transport.requests.isEmpty)
        }
    }

    @Test func `without an agent nothing is sent unless unseen saves are allowed`() async throws {
        let blind = DocumentKey(application: "hodor")
        try station.edit(blind, .set("a", 1))
        let transport = ScriptedTransport.to(server)
        let held = try await station.sync([blind], over: transport)
        #expect(held.map(\.result) == [.held(.blind)])
        #expect(transport.requests.isEmpty)
        station.configure { $0.blindSaves = true }
        let saved = try await station.sync([blind], over: transport)
        #expect(saved.map(\.result) == [.saved])
        #expect(transport.requests == [.save(blind, .json(["a": 1]))])
        _ = try await station.sync([blind], over: transport)
        #expect(transport.requests.count == 1)
    }

    @Test func `without an agent another's document is read and our own saved`() async throws {
        let agentless = DocumentKey(application: "hodor")
        station.configure { $0.readAgent = "102" }
        try station.edit(agentless, .set("a", 1))
        let transport = ScriptedTransport.to(server)
        _ = try await station.sync([agentless], over: transport)
        let save = ArmRequest.save(agentless, .json(["a": 1]))
        #expect(transport.requests == [.read(.test), save, .read(.test)])
    }
}
