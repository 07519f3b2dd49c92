import Testing

@Suite("A conflict is settled place by place")
struct ResolvingTests {
    private static let theirs = #"{"a":3,"b":3,"c":1}"#

    /// Two places in conflict, held and told.
    private func conflict() throws -> Pair {
        let pair = try Pair(agreeingOn: #"{"a":1,"b":1,"c":1}"#)
        try pair.part(mine: #"{"a":2,"b":2,"c":1}"#, theirs: Self.theirs)
        guard try pair.first.sync() == (1, "conflict", 1) else {
            throw Unexpected(description: "no conflict")
        }
        return pair
    }

    @Test("one by one: nothing is sent before the last one, and each as it was decided")
    func oneByOne() throws {
        let pair = try conflict()
        let first = try pair.first.run("resolve", "/a", "--mine", "--json")
        #expect(first.code == 1, "\(first.words)")
        #expect(first.output.contains(#""settled":1,"conflicts":1"#), "\(first.output)")
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.server.document() == Self.theirs)

        #expect(try pair.first.run("resolve", "/b", "--theirs").code == 0)
        #expect(try pair.first.local() == #"{"a":2,"b":3,"c":1}"#)
        // One edit was made here; deciding about it is none.
        let synced = try pair.first.run("sync")
        #expect(synced.code == 0 && synced.output.contains("saved, 1 edit\n"), "\(synced.words)")
        #expect(try pair.server.document() == #"{"a":2,"b":3,"c":1}"#)
        #expect(try pair.first.document().state == "synced")
    }

    @Test(
        "all at once",
        arguments: [("--mine", #"{"a":2,"b":2,"c":1}"#), ("--theirs", theirs)]
    )
    func all(side: String, settled: String) throws {
        let pair = try conflict()
        #expect(try pair.first.run("resolve", "--all", side).code == 0)
        #expect(try pair.first.local() == settled)
        #expect(try pair.first.run("conflicts").code == 0)
        #expect(try pair.first.sync().code == 0)
        #expect(try pair.server.document() == settled)
    }

    @Test("by a value that is neither")
    func value() throws {
        let pair = try conflict()
        #expect(try pair.first.run("resolve", "/a", "--value", #"{"x": 1.50}"#).code == 1)
        #expect(try pair.first.run("resolve", "/b", "--value", "no JSON").code == 65)
        #expect(try pair.first.run("resolve", "--all", "--value", "1").code == 64)
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.run("resolve", "/b", "--value", "9").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":{"x":1.50},"b":9,"c":1}"#)
    }

    @Test("not by a value for something around the places that are open")
    func around() throws {
        let pair = try Pair(agreeingOn: #"{"f":{"a":1,"b":1}}"#)
        try pair.part(mine: #"{"f":{"a":2,"b":2}}"#, theirs: #"{"f":{"a":3,"b":3}}"#)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        let outcome = try pair.first.run("resolve", "/f", "--value", "5")
        #expect(outcome.code == 65 && outcome.errors.contains("/f/a, /f/b."), "\(outcome.words)")
        #expect(try pair.first.local() == #"{"f":{"a":2,"b":2}}"#)
        #expect(try pair.first.run("resolve", "/f", "--theirs").code == 0)
    }

    @Test("not by a value that cannot stand there, and the reason is told")
    func unusable() throws {
        let pair = try Pair(agreeingOn: #"{"l":[{"id":1,"v":1}]}"#)
        try pair.part(mine: #"{"l":[{"id":1,"v":2}]}"#, theirs: #"{"l":[]}"#)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        let outcome = try pair.first.run("resolve", "/l/{id=1}", "--value", #"{"id":2}"#)
        #expect(outcome.code == 65, "\(outcome.words)")
        for words in ["keeps its identity", "nothing was settled", "--mine or --theirs"] {
            #expect(outcome.errors.contains(words), "\(outcome.words)")
        }
        #expect(try pair.first.conflicts().map(\.pointer) == ["/l/{id=1}"])
        let value = #"{"id":1,"v":3}"#
        #expect(try pair.first.run("resolve", "/l/{id=1}", "--value", value).code == 0)
        #expect(try pair.first.local() == #"{"l":[{"id":1,"v":3}]}"#)
    }

    @Test("in an editor: what is taken out stays open, and no lock is held meanwhile")
    func editor() throws {
        let pair = try conflict()
        let station = pair.first
        let script = #"""
            cat "$1"
            arm-sync set /c 5 >/dev/null || exit 9
            echo '{"/a": {"value": 7}}' > "$1"
            """#
        station.environment["EDITOR"] = "sh " + (try station.write(script, to: "editor"))
        let outcome = try station.run("resolve", "--all", "--edit")
        #expect(outcome.code == 1, "\(outcome.words)")
        for line in [#""before": 1"#, #""here": 2"#, #""server": 3"#, #""value": 2"#] {
            #expect(outcome.output.contains(line), "\(outcome.output)")
        }
        #expect(try station.local() == #"{"a":7,"b":2,"c":5}"#)
        #expect(try station.conflicts().map(\.pointer) == ["/b"])

        let edit = #"sed -i 's/"value": 2/"value": 3/' "$1""#
        station.environment["EDITOR"] = "sh " + (try station.write(edit, to: "editor"))
        #expect(try station.run("resolve", "--all", "--edit").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":7,"b":3,"c":5}"#)
    }

    @Test("not in an editor that is left without a change")
    func unchangedEditor() throws {
        let pair = try conflict()
        pair.first.environment["EDITOR"] = "true"
        let outcome = try pair.first.run("resolve", "--all", "--edit")
        #expect(outcome.code == 1 && outcome.errors.contains("--mine"), "\(outcome.words)")
        #expect(try pair.first.conflicts().map(\.pointer) == ["/a", "/b"])
    }

    @Test("on a terminal what has moved since it was shown is asked again", arguments: ["n", "y"])
    func askedAgain(answer: String) throws {
        let pair = try conflict()
        let command = "arm-sync resolve /a --mine --seen 00000000"
        let outcome = try pair.first.shell("echo \(answer) | script -qec '\(command)' /dev/null")
        #expect(outcome.output.contains("moved since it was shown"), "\(outcome.output)")
        #expect(outcome.code == 1, "\(outcome.words)")
        let open = answer == "y" ? ["/b"] : ["/a", "/b"]
        #expect(try pair.first.conflicts().map(\.pointer) == open)
    }

    @Test(
        "not in an editor that fails, or leaves nothing to settle",
        arguments: ["exit 3", "echo '{}' > \"$1\""]
    )
    func failedEditor(script: String) throws {
        let pair = try conflict()
        pair.first.environment["EDITOR"] = "sh " + (try pair.first.write(script, to: "editor"))
        let outcome = try pair.first.run("resolve", "--all", "--edit")
        #expect(outcome.code == 65, "\(outcome.words)")
        #expect(try pair.first.conflicts().map(\.pointer) == ["/a", "/b"])
    }

    @Test("what the server changed while the editor was open is asked again")
    func movedMeanwhile() throws {
        let pair = try conflict()
        let station = pair.first
        try pair.server.put(#"{"a":4,"b":3,"c":1}"#)
        let script = #"arm-sync sync >/dev/null; echo '{"/a":{"value":7},"/b":{"value":8}}' > "$1""#
        station.environment["EDITOR"] = "sh " + (try station.write(script, to: "editor"))
        let outcome = try station.run("resolve", "--all", "--edit")
        #expect(outcome.code == 1, "\(outcome.words)")
        #expect(try station.conflicts().map(\.pointer) == ["/a"])
        #expect(try station.local() == #"{"a":2,"b":8,"c":1}"#)
    }

    @Test("what has moved since it was shown is not settled", arguments: ["/a", "--all"])
    func seen(place: String) throws {
        let pair = try conflict()
        let station = pair.first
        let shown = try station.run("conflicts", "show").output
        // As it was printed, to be typed.
        let command = try #require(
            shown.split(separator: "\n").first { $0.contains("resolve \(place) --mine --seen ") }
        )
        let digest = try #require(command.firstMatch(of: /--seen ([0-9a-f]{8})/)?.output.1)
        try pair.server.put(#"{"a":4,"b":4,"c":1}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        let outcome = try station.run("resolve", place, "--mine", "--seen", String(digest))
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("moved since"), "\(outcome.words)")
        #expect(try station.conflicts().map(\.pointer) == ["/a", "/b"])
        #expect(try station.local() == #"{"a":2,"b":2,"c":1}"#)

        let now = try station.run("conflicts", "show").output.split(separator: "\n")
            .first { $0.contains("resolve \(place) --mine --seen ") }
        let fresh = try #require(now?.firstMatch(of: /--seen ([0-9a-f]{8})/)?.output.1)
        #expect(fresh != digest)
        let again = try station.run("resolve", place, "--mine", "--seen", String(fresh))
        #expect(again.code == (place == "--all" ? 0 : 1), "\(again.words)")
        #expect(try station.conflicts().map(\.pointer) == (place == "--all" ? [] : ["/b"]))
    }

    @Test("further edits are accepted and kept, in the places and beside them")
    func furtherEdits() throws {
        let pair = try conflict()
        #expect(try pair.first.run("set", "/a", "22").code == 0)
        #expect(try pair.first.run("set", "/new", "1").code == 0)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.document().pending_edits == 3)
        #expect(try pair.server.document() == Self.theirs)
        #expect(try pair.first.run("resolve", "/a", "--mine").code == 1)
        #expect(try pair.first.run("resolve", "/b", "--theirs").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":22,"b":3,"c":1,"new":1}"#)
    }

    @Test("an edit that makes it what the server holds ends the conflict there")
    func sameByHand() throws {
        let pair = try conflict()
        #expect(try pair.first.run("set", "/a", "3").code == 0)
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.run("set", "/b", "3").code == 0)
        #expect(try pair.first.conflicts().map(\.pointer) == [])
        #expect(try pair.first.document().held_because == nil)
    }

    @Test("the server may move on, and the report follows")
    func movingOn() throws {
        let pair = try conflict()
        try pair.server.put(#"{"a":1,"b":5,"c":9}"#)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.run("conflicts", "show", "/b").output.contains("5"))
        try pair.server.put(#"{"a":1,"b":1,"c":9}"#)
        #expect(try pair.first.sync() == (0, "merged", 3))
        #expect(try pair.server.document() == #"{"a":2,"b":2,"c":9}"#)
    }

    @Test("what lost stays readable in the log", arguments: ["--mine", "--theirs"])
    func log(side: String) throws {
        let pair = try Pair(agreeingOn: #"{"a":"both"}"#)
        try pair.part(mine: #"{"a":"of mine"}"#, theirs: #"{"a":"of theirs"}"#)
        #expect(try pair.first.sync().code == 1)
        #expect(try pair.first.run("resolve", "--all", side).code == 0)
        let log = try pair.first.run("log", "--verbose").output
        #expect(log.contains(side == "--mine" ? "of theirs" : "of mine"), "\(log)")
    }

    @Test("a place that is none is 65, and names what there is")
    func noPlace() throws {
        let pair = try conflict()
        let outcome = try pair.first.run("resolve", "/c", "--mine")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("/a"), "\(outcome.words)")
        #expect(try pair.first.conflicts().count == 2)
    }

    @Test("is loud until it is settled: status, monitoring, unattended runs")
    func loud() throws {
        let pair = try conflict()
        let document = try pair.first.document()
        #expect(document.state == "conflict" && document.held_because == "conflict")
        #expect(document.conflicts == 2)
        let screen = try pair.first.run("status").output
        #expect(screen.contains("/a") && screen.contains("/b"), "\(screen)")
        let check = try pair.first.run("status", "--check")
        #expect(check.code == 1 && check.output.contains("WARNING"), "\(check.words)")

        let said = try pair.first.run("sync", "--cron")
        #expect(said.code == 1 && said.errors.contains("conflict"), "\(said.words)")
        let silent = try pair.first.run("sync", "--cron")
        #expect(silent.code == 1 && silent.errors == "" && silent.output == "", "\(silent.words)")

        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        let cleared = try pair.first.run("sync", "--cron")
        #expect(cleared.code == 0 && !cleared.errors.isEmpty, "\(cleared.words)")
        #expect(try pair.first.run("status", "--check").code == 0)
        #expect(try pair.first.run("sync", "--cron").errors == "")
    }

    @Test("other documents go on meanwhile")
    func others() throws {
        let pair = try conflict()
        #expect(try pair.first.run("set", "/x", "1", "-g", "other").code == 0)
        let outcome = try pair.first.run("sync", "--json")
        #expect(outcome.code == 1)
        let words = try outcome.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == ["conflict", "saved"], "\(outcome.words)")
        #expect(try pair.server.document("hodor", "other") == #"{"x":1}"#)
    }
}
