import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct EngineSavingTests {
    private let station = Station()
    private let server = ModelServer()

    @Test func `any number of queued edits makes one save`() async throws {
        for number in 0..<100 {
            try station.edit(.test, .set(JSONString("\(number)"), 1))
        }
        let transport = ScriptedTransport.to(server)
        let report = try #require(try await station.sync(over: transport))
        #expect(report.result == .saved)
        #expect(report.edits == 100)
        #expect(report.requests == 3 && transport.requests.count == 3)
        #expect(transport.saves.count == 1)
        #expect(station.state(of: .test).pendingEdits == 0)
        let local = try #require(station.state(of: .test).local)
        #expect(server.stored(.test) == .document(local.value, local.form))
    }

    @Test func `the save is journalled as sent before it goes out`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport.to(server) { [station] request, _ in
            if case .save(_, let data) = request {
                let sent = station.state(of: .test).sent?.content
                #expect(sent.map { .document($0.value, $0.form) } == data)
            }
            return nil
        }
        #expect(try await station.sync(over: transport)?.result == .saved)
    }

    @Test func `edits made while a save is under way follow in the same run`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport.to(server) { [station] request, number in
            if request.isSave && number == 2 {
                #expect(throws: Never.self) { try station.edit(.test, .set("b", 2)) }
            }
            return nil
        }
        let report = try #require(try await station.sync(over: transport))
        #expect(report.result == .saved && report.edits == 2)
        #expect(transport.saves.count == 2)
        #expect(server.stored(.test) == .json(["a": 1, "b": 2]))
        #expect(!station.state(of: .test).isUnsettled)
    }

    @Test func `edits made while the document is read go along`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport.to(server) { [station] request, _ in
            if !request.isSave {
                #expect(throws: Never.self) { try station.edit(.test, .set("b", 2)) }
            }
            return nil
        }
        let report = try #require(try await station.sync(over: transport))
        #expect(report.edits == 2 && transport.saves.count == 1)
    }

    @Test func `somebody who never stops editing does not keep the run for ever`() async throws {
        try station.edit(.test, .set("a", 0))
        let transport = ScriptedTransport.to(server) { [station] request, number in
            if request.isSave {
                let value = JSONValue.number(JSONNumber(number))
                #expect(throws: Never.self) { try station.edit(.test, .set("a", value)) }
            }
            return nil
        }
        let report = try #require(try await station.sync(over: transport))
        #expect(report.result == .saved && report.edits == 3)
        #expect(transport.saves.count == 3)
        #expect(station.state(of: .test).pendingEdits == 1)
    }

    @Test func `a document without edits is read and taken over`() async throws {
        server.write(.json(["a": 1]), to: .test)
        let transport = ScriptedTransport.to(server)
        #expect(try await station.sync(over: transport)?.result == .merged)
        #expect(station.state(of: .test).local == Content(["a": 1]))
        #expect(try await station.sync(over: transport)?.result == .unchanged)
        #expect(transport.saves.isEmpty)
    }

    @Test func `a pull never sends`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport.to(server)
        let report = try await station.sync(over: transport, mode: SyncMode(sends: false))
        #expect(report?.result == .unchanged)
        #expect(transport.saves.isEmpty)
        #expect(station.state(of: .test).pendingEdits == 1)
    }

    @Test(arguments: [0, 1, 3, 4, 100])
    func `no more documents than allowed are under way at once`(limit: Int) async throws {
        station.configure { $0.parallel = limit }
        let keys = DocumentKey.numbered(0..<20)
        for key in keys { try station.edit(key, .set("a", 1)) }
        let transport = ScriptedTransport { [server] request, _ in
            for _ in 0..<5 { await Task.yield() }
            return server.exchange(request)
        }
        let reports = try await station.sync(keys, over: transport)
        #expect(reports.count == 20)
        #expect(reports.allSatisfy { $0.result == .saved })
        #expect(transport.mostUnderway <= max(limit, 1))
    }

    /// A cache that hands out what it has stored is no confirmation.
    @Test func `only the answer to a save confirms a save`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport.to(server) { request, _ in
            request.isSave ? .answered(.userData(.empty)) : nil
        }
        #expect(try await station.sync(over: transport)?.result == .failed(.garbled))
        #expect(station.state(of: .test).sent != nil)
        #expect(station.state(of: .test).trouble?.kind == .garbled)
        #expect(station.state(of: .test).pendingEdits == 1)
    }

    @Test func `only the answer to a read is a document`() async throws {
        try station.edit(.test, .set("a", 1))
        let transport = ScriptedTransport { _, _ in .answered(.saved) }
        #expect(try await station.sync(over: transport)?.result == .failed(.garbled))
        #expect(transport.saves.isEmpty)
        #expect(station.state(of: .test).trouble?.kind == .garbled)
    }
}
