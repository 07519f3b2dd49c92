import Glibc
import Testing

@Suite("A power switch in the middle of a sync")
struct KilledSyncTests {
    /// What the switch does to the request that is under way when the station dies.
    enum Moment: String, CaseIterable, Sendable {
        case readHangs = "hang@read"
        case saveHangs = "hang@save"
        /// Carried out, and never answered.
        case savedInSilence = "hang:after@save"
        case saveAnswersLate = "delay:60s@save"
        case readAnswersLate = "delay:60s@read"

        /// The request that shows up in the server's record before the station dies.
        var command: String { rawValue.hasSuffix("read") ? "read" : "save" }
    }

    @Test("loses nothing, saves nothing over what was not read", arguments: Moment.allCases)
    func settles(moment: Moment) throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try station.run("set", "/b", "2").code == 0)
        try server.forgetRequests()
        try server.set(faults: moment.rawValue)

        let sync = try station.start("sync")
        try eventually("the request arrives") {
            try server.requests().contains { $0.command == moment.command }
        }
        sync.signal(SIGKILL)
        #expect(try sync.wait().end == .killed(signal: SIGKILL))

        let document = try station.document()
        #expect(document.state == "pending", "\(document)")
        #expect(document.pending_edits == 1)
        #expect(try station.local() == #"{"a":1,"b":2}"#)
        #expect(try station.run("set", "/c", "3").code == 0)

        try server.clearFaults()
        #expect(try station.sync().code == 0)
        #expect(try server.document() == #"{"a":1,"b":2,"c":3}"#)
        #expect(try station.document().state == "synced")
        #expect(try station.run("conflicts").code == 0)
        try expectReadBeforeEverySave(server)
    }

    @Test(
        "is no false conflict where the save had arrived",
        arguments: ["close-after@save", "hang:after@save"]
    )
    func arrived(fault: String) throws {
        let server = try SampleServer()
        let station = try Station(server, settings: #""timeouts": {"total": "4s"}"#)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: fault)
        #expect(try station.sync() == (75, "transient", 2))
        #expect(try station.document().pending_edits == 1)
        #expect(try server.document() == #"{"a":1}"#)
        try station.configure(server)
        // The next run reads, and finds that it had arrived: nothing is sent twice.
        #expect(try station.sync() == (0, "saved", 1))
        #expect(try server.requests().filter(\.isSave).count == 1)
        #expect(try station.document().state == "synced")
    }

    @Test("leaves a rival's value in place, as a conflict, where the save had not arrived")
    func rivalMeanwhile() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        #expect(try station.run("set", "/a", "2").code == 0)
        try server.set(faults: "hang@save")
        let sync = try station.start("sync")
        try eventually("the save arrives") {
            try server.requests().filter(\.isSave).count == 2
        }
        sync.signal(SIGKILL)
        _ = try sync.wait()
        try server.put(#"{"a":"rival"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try server.document() == #"{"a":"rival"}"#)
        #expect(try station.local() == #"{"a":2}"#)
    }

    @Test("an edit made while the save is under way follows in the same run")
    func editDuringSave() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "delay:3s@save")
        let sync = try station.start("sync", "--json")
        try eventually("the save arrives") { try server.requests().contains(where: \.isSave) }
        // However long the edit takes, the answer is not heard before it.
        sync.signal(SIGSTOP)
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.document().pending_edits == 2)
        let outbox = try station.run("outbox", "--json").lines
        #expect(outbox.map { $0.contains(#""sent":true"#) } == [true, false], "\(outbox)")
        sync.signal(SIGCONT)
        let outcome = try sync.wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try server.document() == #"{"a":1,"b":2}"#)
        let outcomes = try server.requests().map(\.outcome)
        #expect(outcomes == ["read", "saved", "read", "read", "saved", "read"])
        #expect(try station.document().state == "synced")
    }

    @Test("an edit made while the save hangs follows in the next run")
    func editDuringHang() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: #""timeouts": {"total": "4s"}"#)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@save")
        let sync = try station.start("sync")
        try eventually("the save arrives") { try server.requests().contains(where: \.isSave) }
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try sync.wait().code == 75)
        #expect(try station.document().pending_edits == 2)
        try station.configure(server)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1,"b":2}"#)
    }

    private func expectReadBeforeEverySave(_ server: SampleServer) throws {
        var previous = ""
        for request in try server.requests() {
            if request.isSave { #expect(previous == "read", "a save over an unread value") }
            previous = request.command ?? ""
        }
    }
}
