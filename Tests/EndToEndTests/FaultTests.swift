import Testing

@Suite("A switch, or what stands in its place, that does wrong")
struct FaultTests {
    /// A fault, and what a run makes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: String
        var code: Int32
        var word: String
        /// Whether the save is on the server all the same.
        var arrives = false
        /// Where it has a like over one transport only.
        var only: TransportUnderTest?

        var testDescription: String { fault }
        var canBe: Bool { only == nil || only == .current }

        /// Impatient where nothing else ends the run, and only there: a busy machine takes its time.
        var settings: String {
            ["hang", "sequence"].contains { fault.hasPrefix($0) }
                ? #""timeouts": {"total": "4s"}"# : ""
        }
    }

    static let saves = (anywhere + framed).filter(\.canBe)

    private static let anywhere: [Case] = [
        Case(fault: "refuse@save", code: 75, word: "refused"),
        Case(fault: "401@save", code: 77, word: "unauthenticated"),
        Case(fault: "403@save", code: 75, word: "refused"),
        Case(fault: "status:404@save", code: 78, word: "misconfigured"),
        Case(fault: "status:413@save", code: 78, word: "misconfigured"),
        Case(fault: "status:500@save", code: 75, word: "transient"),
        Case(fault: "status:500,after@save", code: 75, word: "transient", arrives: true),
        Case(fault: "status:503,retry-after=7@save", code: 75, word: "transient"),
        Case(fault: "garbage@save", code: 75, word: "garbled"),
        Case(fault: "garbage:after@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "empty@save", code: 75, word: "garbled"),
        Case(fault: "redirect:302@save", code: 75, word: "garbled"),
        Case(fault: "redirect:307@save", code: 75, word: "garbled"),
        Case(fault: "half@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "truncate@save", code: 75, word: "transient", arrives: true),
        Case(fault: "large:30m@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "deep@save", code: 75, word: "garbled", arrives: true),
        // XML alone has one.
        Case(fault: "dtd@save", code: 75, word: "garbled", arrives: true, only: .http),
        Case(fault: "reset@save", code: 75, word: "transient"),
        Case(fault: "close-before@save", code: 75, word: "transient"),
        Case(fault: "close-after@save", code: 75, word: "transient", arrives: true),
        Case(fault: "hang@save", code: 75, word: "transient"),
    ]

    /// What only messages and their frames can have wrong.
    private static let framed: [Case] = [
        Case(fault: "close-frame@save", code: 75, word: "transient"),
        Case(fault: "break-off@save", code: 75, word: "transient", arrives: true),
        Case(fault: "sequence@save", code: 75, word: "transient", arrives: true),
        Case(fault: "length@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "frame:masked@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "frame:reserved@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "frame:encoding@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "frame:endless@save", code: 75, word: "garbled", arrives: true),
        Case(fault: "frame:continuation@save", code: 75, word: "garbled", arrives: true),
    ].map { framed in
        var framed = framed
        framed.only = .websocket
        return framed
    }

    @Test(
        "while it saves: named as what it is, nothing lost, saved once it is over",
        arguments: saves
    )
    func saving(fault: Case) throws {
        let server = try SampleServer()
        let station = try Station(server, settings: fault.settings)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: fault.fault)
        #expect(try station.sync() == (fault.code, fault.word, 2))
        try expectTruth(of: station, word: fault.word)
        #expect(try (server.document() != nil) == fault.arrives)

        try station.configure(server)
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1,"b":2}"#)
        #expect(try station.document().state == "synced")
        #expect(try station.document().last_error == nil)
        // Not more than the one that ended badly and the one that did not.
        #expect(try server.requests().filter(\.isSave).count <= 2)
    }

    /// Whether a read was carried out before it went wrong makes no difference.
    static let reads = saves.filter { !($0.arrives && $0.fault.contains("after")) }.map { save in
        var read = save
        read.fault = save.fault.replacing("@save", with: "@read")
        return read
    }

    @Test("while it reads: nothing is sent unseen, nothing lost", arguments: reads)
    func reading(fault: Case) throws {
        let server = try SampleServer()
        let station = try Station(server, settings: fault.settings)
        try server.put(#"{"theirs":true}"#)
        #expect(try station.run("pull").code == 0)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.forgetRequests()
        try server.set(faults: fault.fault)
        #expect(try station.sync() == (fault.code, fault.word, 1))
        try expectTruth(of: station, word: fault.word)
        #expect(try server.document() == #"{"theirs":true}"#)
        #expect(try !server.requests().contains(where: \.isSave))

        try station.configure(server)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"theirs":true,"a":1}"#)
    }

    @Test("a wrong domain in the configuration is 78, and says which setting")
    func wrongPath() throws {
        let server = try SampleServer(options: ["--path-prefix", "/elsewhere"])
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == 78)
        #expect(outcome.output.contains("path_prefix"), "\(outcome.words)")
        #expect(try station.document().state == "retrying")
        #expect(try station.document().last_error?.kind == "misconfigured")
    }

    private func expectTruth(of station: Station, word: String) throws {
        let document = try station.document()
        #expect(document.state == "retrying", "\(document)")
        #expect(document.pending_edits == 1)
        #expect(document.last_error?.kind == word)
        #expect(document.attempts == 1)
        #expect(try station.local("/a") == "1")
        let screen = try station.run("status").output
        #expect(screen.contains("1 edit waiting"), "\(screen)")
        #expect(!screen.contains("Everything is saved"), "\(screen)")
    }
}
