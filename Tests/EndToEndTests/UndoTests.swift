import Testing

@Suite("The last save is taken back")
struct UndoTests {
    /// Two stations, the first of which has saved `"a":2` and `"b":2` over ones.
    private func saved() throws -> Pair {
        let pair = try Pair(agreeingOn: #"{"a":1,"b":1,"c":1}"#)
        try pair.first.become(#"{"a":2,"b":2,"c":1}"#)
        guard try pair.first.sync() == (0, "saved", 3), try pair.second.sync().code == 0 else {
            throw Unexpected(description: "no save")
        }
        return pair
    }

    /// The second station changes a place and saves, and the first one hears of it.
    private func change(_ place: String, to value: String, _ pair: Pair) throws {
        guard try pair.second.run("set", place, value).code == 0,
            try pair.second.sync() == (0, "saved", 3), try pair.first.sync().code == 0
        else { throw Unexpected(description: "no change") }
    }

    @Test("what another station changed elsewhere since stays")
    func others() throws {
        let pair = try saved()
        try change("/c", to: "5", pair)
        let outcome = try pair.first.run("undo")
        #expect(outcome.code == 0 && outcome.output.contains("1 edit waiting"), "\(outcome.words)")
        #expect(try pair.first.local() == #"{"a":1,"b":1,"c":5}"#)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":1,"b":1,"c":5}"#)
        #expect(try pair.second.sync() == (0, "merged", 1))
        #expect(try pair.second.local() == #"{"a":1,"b":1,"c":5}"#)
    }

    @Test("what another station changed elsewhere stays also where nobody here has heard of it")
    func unheardOf() throws {
        let pair = try saved()
        #expect(try pair.second.run("set", "/c", "5").code == 0)
        #expect(try pair.second.sync() == (0, "saved", 3))
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.sync() == (0, "merged", 3))
        #expect(try pair.server.document() == #"{"a":1,"b":1,"c":5}"#)
    }

    @Test("what waits here stays")
    func unsaved() throws {
        let pair = try saved()
        #expect(try pair.first.run("set", "/d", "4").code == 0)
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.local() == #"{"a":1,"b":1,"c":1,"d":4}"#)
        #expect(try pair.first.document().pending_edits == 2)
    }

    @Test("what was changed again since is not decided without a word")
    func overlap() throws {
        let pair = try saved()
        try change("/a", to: "7", pair)
        let outcome = try pair.first.run("undo")
        #expect(outcome.code == 1)
        for word in ["/a", "nothing was taken back", "--mine", "--theirs"] {
            #expect(outcome.errors.contains(word), "\(outcome.words)")
        }
        #expect(try pair.first.local() == #"{"a":7,"b":2,"c":1}"#)
        #expect(try pair.first.document().pending_edits == 0)
    }

    @Test(
        "what was changed again since stays or goes, as is said",
        arguments: [("--mine", #"{"a":7,"b":1,"c":1}"#), ("--theirs", #"{"a":1,"b":1,"c":1}"#)]
    )
    func overlapDecided(side: String, settled: String) throws {
        let pair = try saved()
        try change("/a", to: "7", pair)
        #expect(try pair.first.run("undo", side).code == 0)
        #expect(try pair.first.local() == settled)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == settled)
        #expect(try pair.first.run("undo", "--mine", "--theirs").code == 64)
    }

    @Test(
        "what was changed again since is asked about on a terminal",
        arguments: [("n", #"{"a":7,"b":2,"c":1}"#), ("y", #"{"a":1,"b":1,"c":1}"#)]
    )
    func asked(answer: String, settled: String) throws {
        let pair = try saved()
        try change("/a", to: "7", pair)
        let terminal = "echo \(answer) | script -qec 'arm-sync undo --color never' /dev/null"
        let outcome = try pair.first.shell(terminal)
        for word in ["/a", "before  1", "saved   2", "here    7", "Put back"] {
            #expect(outcome.output.contains(word), "\(outcome.output)")
        }
        #expect(outcome.output.contains("Nothing was taken back") == (answer == "n"))
        #expect(outcome.output.contains("arm-sync undo --mine") == (answer == "n"))
        #expect(try pair.first.local() == settled)
    }

    @Test("it is the last one: the one before it stays, and undoing it again brings it back")
    func secondSave() throws {
        let pair = try saved()
        #expect(try pair.first.run("set", "/c", "3").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.local() == #"{"a":2,"b":2,"c":1}"#)
        #expect(try pair.first.sync() == (0, "saved", 3))
        // The last save is the one that took it back.
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":2,"b":2,"c":3}"#)
    }

    @Test("there is nothing to take back before the first save, nor once it is taken back")
    func nothing() throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        #expect(try pair.first.run("set", "/a", "2").code == 0)
        let early = try pair.first.run("undo")
        #expect(early.code == 65 && early.errors.contains("arm-sync log"), "\(early.words)")
        #expect(try pair.first.local() == #"{"a":2}"#)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.run("undo").code == 65)
        #expect(try pair.first.local() == #"{"a":1}"#)
        #expect(try Station(pair.server, agent: "nobody").run("undo").code == 65)
    }

    @Test("with no switch in reach: it waits like any other edit")
    func offline() throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        #expect(try pair.first.run("set", "/a", "2").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        try pair.server.stop()
        #expect(try pair.first.run("undo").code == 0)
        #expect(try pair.first.sync() == (75, "unreachable", 1))
        #expect(try pair.first.local() == #"{"a":1}"#)
        #expect(try pair.first.document().pending_edits == 1)
        try pair.server.start()
        try pair.server.put(#"{"a":2}"#)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":1}"#)
    }

    @Test("with --json it says whether an edit was stored")
    func json() throws {
        let pair = try saved()
        let outcome = try pair.first.run("undo", "--json")
        #expect(
            outcome.output == #"{"application_id":"hodor","agent_id":"102","stored":true,"#
                + #""pending_edits":1}"# + "\n"
        )
        let again = try pair.first.run("undo", "--json")
        #expect(again.code == 65 && again.output == "" && !again.errors.isEmpty, "\(again.words)")
    }
}
