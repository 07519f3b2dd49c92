import Testing

@Suite("Two stations change the same document")
struct MergingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var base: String
        var mine: String
        var theirs: String
        /// Both sides' changes; nil where the two cannot be put together.
        var merged = ""
        /// The names of the places in conflict.
        var conflicts: [String] = []

        var testDescription: String { name }
    }

    static let merged: [Case] = [
        Case(
            name: "members: one changed, one added, one removed",
            base: #"{"a":1.0,"b":1,"c":[1]}"#,
            mine: #"{"a":2.50,"b":1,"c":[1]}"#,
            theirs: #"{"a":1.0,"c":[1],"new":{"x":null}}"#,
            merged: #"{"a":2.50,"c":[1],"new":{"x":null}}"#
        ),
        Case(
            name: "members deep inside, beside each other",
            base: #"{"deep":{"er":{"a":1,"b":1}}}"#,
            mine: #"{"deep":{"er":{"a":2,"b":1}}}"#,
            theirs: #"{"deep":{"er":{"a":1,"b":2}}}"#,
            merged: #"{"deep":{"er":{"a":2,"b":2}}}"#
        ),
        Case(
            name: "elements with an id: one changed here, one there, in another order there",
            base: #"{"r":[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":3,"n":"c"}]}"#,
            mine: #"{"r":[{"id":1,"n":"A"},{"id":2,"n":"b"},{"id":3,"n":"c"}]}"#,
            theirs: #"{"r":[{"id":3,"n":"c"},{"id":1,"n":"a"},{"id":2,"n":"B"}]}"#,
            merged: #"{"r":[{"id":3,"n":"c"},{"id":1,"n":"A"},{"id":2,"n":"B"}]}"#
        ),
        Case(
            name: "elements with an id: added on both sides, removed on one",
            base: #"{"r":[{"id":1,"n":"a"},{"id":2,"n":"b"}]}"#,
            mine: #"{"r":[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":"y","n":1}]}"#,
            theirs: #"{"r":[{"id":2,"n":"b"},{"id":"x","n":2}]}"#,
            merged: #"{"r":[{"id":2,"n":"b"},{"id":"x","n":2},{"id":"y","n":1}]}"#
        ),
        Case(
            name: "an element added on both sides, with other members on each",
            base: #"{"r":[{"id":1}]}"#,
            mine: #"{"r":[{"id":1},{"id":2,"mine":true}]}"#,
            theirs: #"{"r":[{"id":1},{"id":2,"theirs":true}]}"#,
            merged: #"{"r":[{"id":1},{"id":2,"mine":true,"theirs":true}]}"#
        ),
        Case(
            name: "sets of scalars: added and removed on both sides",
            base: #"{"operatorIds":[1,2,3]}"#,
            mine: #"{"operatorIds":[2,3,7]}"#,
            theirs: #"{"operatorIds":[1,2,9]}"#,
            merged: #"{"operatorIds":[2,7,9]}"#
        ),
        Case(
            name: "other arrays: a run changed here, another one there",
            base: #"{"l":[1,1,3,4,2,2]}"#,
            mine: #"{"l":[1,1,0,4,2,2]}"#,
            theirs: #"{"l":[1,1,3,4,2,5,5]}"#,
            merged: #"{"l":[1,1,0,4,2,5,5]}"#
        ),
        Case(
            name: "the same change on both sides, and one more",
            base: #"{"a":1,"b":1}"#,
            mine: #"{"a":2,"b":1,"c":1}"#,
            theirs: #"{"a":2.0,"b":3}"#,
            merged: #"{"a":2,"b":3,"c":1}"#
        ),
    ]

    @Test(
        "at different places: both changes are on the switch and at both stations",
        arguments: merged
    )
    func both(example: Case) throws {
        let pair = try Pair(agreeingOn: example.base)
        try pair.part(mine: example.mine, theirs: example.theirs)
        let outcome = try pair.first.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        let line = try #require(try outcome.decoded(SyncLine.self).first)
        #expect(line.result == "merged")
        #expect(line.edits == 1)
        #expect(try pair.server.requests().map(\.outcome) == ["read", "saved", "read"])
        #expect(try pair.server.document() == example.merged)
        #expect(try pair.first.local() == example.merged)
        #expect(try pair.first.document().state == "synced")
        #expect(try pair.second.sync() == (0, "merged", 1))
        #expect(try pair.second.local() == example.merged)
        // What was merged once is not a change any more.
        #expect(try pair.first.sync() == (0, "unchanged", 1))
        #expect(try pair.server.requests().filter(\.isSave).count == 1)
    }

    static let conflicting: [Case] = [
        Case(
            name: "a member changed on both sides",
            base: #"{"a":{"x":1},"b":1}"#,
            mine: #"{"a":{"x":2},"b":2}"#,
            theirs: #"{"a":{"x":3},"b":1}"#,
            conflicts: ["/a/x"]
        ),
        Case(
            name: "an element removed here and changed there",
            base: #"{"r":[{"id":1,"n":"a"},{"id":7,"n":"b"}]}"#,
            mine: #"{"r":[{"id":1,"n":"a"}]}"#,
            theirs: #"{"r":[{"id":1,"n":"a"},{"id":7,"n":"B"}]}"#,
            conflicts: ["/r/{id=7}"]
        ),
        Case(
            name: "an element changed at the same member, at another index there",
            base: #"{"r":[{"id":1,"n":"a"},{"id":7,"n":"b"}]}"#,
            mine: #"{"r":[{"id":1,"n":"a"},{"id":7,"n":"mine"}]}"#,
            theirs: #"{"r":[{"id":7,"n":"theirs"},{"id":1,"n":"a"}]}"#,
            conflicts: ["/r/{id=7}/n"]
        ),
        Case(
            name: "members removed here and changed there, and the other way round",
            base: #"{"a":1,"b":1,"c":1}"#,
            mine: #"{"b":2,"c":1}"#,
            theirs: #"{"a":2,"c":1}"#,
            conflicts: ["/b", "/a"]
        ),
        Case(
            name: "a run of an array changed on both sides",
            base: #"{"l":[1,1,2,2]}"#,
            mine: #"{"l":[1,1,3,3]}"#,
            theirs: #"{"l":[1,1,4,4]}"#,
            conflicts: ["/l"]
        ),
    ]

    @Test("at the same place: held, and just that place is named", arguments: conflicting)
    func same(example: Case) throws {
        let pair = try Pair(agreeingOn: example.base)
        try pair.part(mine: example.mine, theirs: example.theirs)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == example.conflicts)
        #expect(try pair.first.document().conflicts == example.conflicts.count)
        #expect(try pair.server.document() == example.theirs)
        #expect(try pair.first.local() == example.mine)
        let screen = try pair.first.run("conflicts", "show")
        #expect(screen.code == 1)
        for name in example.conflicts { #expect(screen.output.contains(name), "\(screen.output)") }
    }

    @Test("an element in conflict is told with its index on each side")
    func indices() throws {
        let example = Self.conflicting[2]
        let pair = try Pair(agreeingOn: example.base)
        try pair.part(mine: example.mine, theirs: example.theirs)
        #expect(try pair.first.sync().code == 1)
        let place = try #require(try pair.first.conflicts().first)
        #expect(place.mine_pointer == "/r/1/n")
        #expect(place.theirs_pointer == "/r/0/n")
        // It can be settled by either name.
        #expect(try pair.first.run("resolve", "/r/1/n", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        let settled = #"{"r":[{"id":7,"n":"mine"},{"id":1,"n":"a"}]}"#
        #expect(try pair.server.document() == settled)
    }

    @Test("a pull merges and sends nothing; the next sync saves what came of it")
    func pull() throws {
        let pair = try Pair(agreeingOn: #"{"a":1,"b":1}"#)
        try pair.part(mine: #"{"a":2,"b":1}"#, theirs: #"{"a":1,"b":2}"#)
        let pulled = try pair.first.run("pull", "--json")
        #expect(
            pulled.code == 0 && pulled.output.contains(#""result":"merged""#),
            "\(pulled.words)"
        )
        #expect(try pair.first.local() == #"{"a":2,"b":2}"#)
        #expect(try pair.first.document().state == "pending")
        #expect(try pair.server.document() == #"{"a":1,"b":2}"#)
        #expect(try pair.first.run("diff", "--json").output.contains("/a"))
        #expect(try !pair.first.run("diff", "--json").output.contains("/b"))
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":2,"b":2}"#)
    }

    @Test("where each was made before the other's was ever read, as in a new installation")
    func firstContact() throws {
        let server = try SampleServer()
        try server.put(#"{"theirs":{"x":1},"same":1}"#)
        let station = try Station(server)
        #expect(try station.run("set", "/mine", "true").code == 0)
        #expect(try station.run("set", "/same", "1.0").code == 0)
        #expect(try station.sync() == (0, "merged", 3))
        #expect(try server.document() == #"{"mine":true,"theirs":{"x":1},"same":1.0}"#)

        let other = try Station(server)
        #expect(try other.run("set", "/same", "2").code == 0)
        #expect(try other.sync() == (1, "conflict", 1))
        #expect(try other.conflicts().map(\.pointer) == ["/same"])
    }

    @Test(
        "a whole document over one that was never read is a conflict of the whole",
        arguments: [
            ["import", "-"], ["set", "", #"{"whole":true}"#], ["clear"],
        ]
    )
    func whole(command: [String]) throws {
        let server = try SampleServer()
        try server.put(#"{"theirs":1}"#)
        let station = try Station(server)
        // What is not there cannot be cleared.
        if command == ["clear"] { #expect(try station.run("set", "/a", "1").code == 0) }
        let outcome = try station.start(command, input: #"{"whole":true}"#).wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try station.conflicts().map(\.pointer) == [""])
        #expect(try server.document() == #"{"theirs":1}"#)
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == station.local())
    }

    @Test("other identities than id are configured by pointer")
    func identities() throws {
        let pair = try Pair(
            agreeingOn: #"{"k":[{"key":"a","n":1},{"key":"b","n":1}]}"#,
            settings: #""identity_keys": {"/k": "key"}"#
        )
        try pair.part(
            mine: #"{"k":[{"key":"a","n":2},{"key":"b","n":1}]}"#,
            theirs: #"{"k":[{"key":"b","n":3},{"key":"a","n":1}]}"#
        )
        #expect(try pair.first.sync() == (0, "merged", 3))
        #expect(try pair.server.document() == #"{"k":[{"key":"b","n":3},{"key":"a","n":2}]}"#)
    }

    @Test("a rehearsal says that it would merge, and changes nothing")
    func rehearsal() throws {
        let pair = try Pair(agreeingOn: #"{"a":1,"b":1}"#)
        try pair.part(mine: #"{"a":2,"b":1}"#, theirs: #"{"a":1,"b":2}"#)
        let outcome = try pair.first.run("sync", "--dry-run", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        let line = try #require(try outcome.decoded(SyncLine.self).first)
        #expect(line.result == "merged" && line.edits == 1)
        let words = try pair.first.run("sync", "--dry-run").output
        #expect(words.contains("would be merged"), "\(words)")
        #expect(try pair.first.local() == #"{"a":2,"b":1}"#)
        #expect(try pair.first.document().state == "pending")
        #expect(try pair.server.document() == #"{"a":1,"b":2}"#)
        #expect(try !pair.server.requests().contains(where: \.isSave))
        #expect(try pair.first.sync() == (0, "merged", 3))
    }
}
