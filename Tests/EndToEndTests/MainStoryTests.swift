import Testing

@Suite("Edited offline, synced later")
struct MainStoryTests {
    @Test("edits made while the switch is down are on it after one sync, as one save")
    func wholeStory() throws {
        let server = try SampleServer(isUp: false)
        let station = try Station(server)
        let imported = try station.run("import", Products.sample("documents/reports.json"))
        #expect(imported.code == 0, "\(imported.words)")
        for number in 1...9 {
            let edit = try station.run("set", "/myReports/0/name", "\"edit \(number)\"")
            #expect(edit.code == 0, "\(edit.words)")
        }
        var document = try station.document()
        #expect(document.state == "pending")
        #expect(document.pending_edits == 10)
        #expect(try station.run("diff").output.contains("edit 9"))
        #expect(try station.run("outbox").lines.count == 10)

        #expect(try station.sync() == (75, "unreachable", 1))
        document = try station.document()
        #expect(document.state == "retrying")
        #expect(document.pending_edits == 10)
        #expect(document.last_error?.kind == "unreachable")
        #expect(try station.status().server.unreachable_since != nil)

        try server.start()
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == station.local())
        #expect(try server.requests().map(\.outcome) == ["read", "saved", "read"])
        // What the run as a whole is about, too.
        let transports = try server.requests().map(\.transport)
        #expect(Set(transports) == [TransportUnderTest.current.rawValue])
        document = try station.document()
        #expect(document.state == "synced")
        #expect(document.pending_edits == 0)
        #expect(document.last_error == nil)
        #expect(try station.status().server.unreachable_since == nil)
        #expect(try station.run("diff").output.contains("Nothing"))

        #expect(try station.sync() == (0, "unchanged", 1))
        #expect(try server.requests().filter(\.isSave).count == 1)
    }

    @Test("what nobody touched reaches the switch literal for literal")
    func literals() throws {
        let server = try SampleServer()
        let station = try Station(server)
        let text =
            #"{"z":1.0,"a":1e3,"id":12345678901234567890,"lone":"\ud800","#
            + #""zero":-0,"small":1E-7,"й":"й","\u0001":"\uffff","tab":"\t","<&>":"'\""}"#
        #expect(try station.run("import", "-", input: text).code == 0)
        #expect(try station.run("set", "/added", "2.50").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        let local = try station.local()
        #expect(local == text.dropLast() + #","added":2.50}"#)
        #expect(try server.document() == local)

        // And back again: a station that never saw it reads the same.
        let other = try Station(server)
        #expect(try other.run("pull").code == 0)
        #expect(try other.local() == local)
    }

    @Test("a text may begin with a minus, and so may a number, behind two")
    func minus() throws {
        let station = try Station()
        #expect(try station.run("set", "/text", "--string", "-x").code == 0)
        #expect(try station.run("set", "/number", "--", "-5").code == 0)
        #expect(try station.local() == #"{"text":"-x","number":-5}"#)
    }

    @Test("an edit that changes no value is said, not queued")
    func noChange() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1.0").code == 0)
        let again = try station.run("set", "/a", "1")
        #expect(again.code == 0)
        #expect(again.output.contains("No value changes"))
        #expect(try station.document().pending_edits == 1)
        #expect(try station.local() == #"{"a":1.0}"#)
    }

    @Test("every way to edit is one edit in the outbox, with its author and places")
    func outbox() throws {
        let station = try Station()
        let patch = try station.write(
            #"[{"op":"add","path":"/b","value":2},{"op":"remove","path":"/a"}]"#,
            to: "patch.json"
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("patch", patch).code == 0)
        #expect(try station.run("set", "/deep/er", "--string", "x", "--parents").code == 0)
        #expect(try station.run("unset", "/deep/er").code == 0)
        #expect(try station.run("set", "/in", "-", input: "[3]").code == 0)
        let lines = try station.run("outbox", "--json").lines
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.contains(#""author":"operator@"#) }, "\(lines)")
        #expect(lines[1].contains(#""operations":2"#), "\(lines[1])")
        #expect(try station.local() == #"{"b":2,"deep":{},"in":[3]}"#)
        #expect(try station.document().pending_edits == 5)
    }

    @Test("many edits are told as a group and the last twenty, and none is miscounted")
    func groups() throws {
        struct Entry: Decodable { var count: Int }
        let server = try SampleServer()
        let station = try Station(server)
        let loop = try station.shell("for i in $(seq 25); do arm-sync set /n $i -q || exit 9; done")
        #expect(loop.code == 0)
        try server.set(faults: "refuse@save")
        #expect(try station.sync().code == 75)
        let entries = try station.run("outbox", "--json").decoded(Entry.self)
        #expect(entries.map(\.count) == [5] + Array(repeating: 1, count: 20))
        #expect(try station.document().pending_edits == 25)
        let outcome = try station.run("sync", "--json")
        #expect(try outcome.decoded(SyncLine.self).last?.edits == 25)
    }

    @Test("the diff of --json is a patch that another document takes")
    func diffIsPatch() throws {
        let station = try Station()
        #expect(try station.run("import", "-", input: #"{"a":[1,2],"b":{"c":null}}"#).code == 0)
        let patch = try station.run("diff", "--json").output
        let other = ["-a", "other"]
        #expect(try station.start(["patch", "-"] + other, input: patch).wait().code == 0)
        let copied = try station.run(["get", "--json"] + other).output
        #expect(copied == #"{"a":[1,2],"b":{"c":null}}"# + "\n")
    }
}
