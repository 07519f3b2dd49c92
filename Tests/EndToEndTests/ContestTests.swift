import Testing

@Suite("What was brought back once, and undone again, is settled place by place")
struct ContestTests {
    private static let older = #"{"a":1,"b":1,"c":1}"#

    /// A station whose two changes a rival undid, which came back, and which he undid again.
    private func contest() throws -> Pair {
        let pair = try Pair(agreeingOn: Self.older)
        try pair.first.become(#"{"a":2,"b":2,"c":1}"#)
        guard try pair.first.sync() == (0, "saved", 3) else {
            throw Unexpected(description: "not saved")
        }
        try pair.server.put(Self.older)
        guard try pair.first.sync() == (0, "merged", 3) else {
            throw Unexpected(description: "not brought back")
        }
        try pair.server.put(Self.older)
        guard try pair.first.sync() == (1, "conflict", 1),
            try pair.first.conflicts().map(\.pointer) == ["/a", "/b"]
        else { throw Unexpected(description: "no conflict") }
        return pair
    }

    /// Everybody has this in the end, and nobody has anything more to say.
    private func expectOne(_ document: String, _ pair: Pair) throws {
        #expect(try pair.first.sync().code == 0)
        #expect(try pair.server.document() == document)
        #expect(try pair.first.local() == document)
        #expect(try pair.first.document().state == "synced")
        #expect(try pair.first.sync() == (0, "unchanged", 1))
        #expect(try pair.second.sync().code == 0)
        #expect(try pair.second.local() == document)
    }

    @Test(
        "all at once",
        arguments: [("--mine", #"{"a":2,"b":2,"c":1}"#), ("--theirs", older)]
    )
    func all(side: String, settled: String) throws {
        let pair = try contest()
        #expect(try pair.first.run("resolve", "--all", side).code == 0)
        try expectOne(settled, pair)
    }

    @Test("each its own way, and with syncs in between")
    func oneByOne() throws {
        let pair = try contest()
        #expect(try pair.first.run("resolve", "/a", "--mine").code == 1)
        try pair.server.forgetRequests()
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try !pair.server.requests().contains(where: \.isSave))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.run("resolve", "/b", "--theirs").code == 0)
        try expectOne(#"{"a":2,"b":1,"c":1}"#, pair)
    }

    @Test("by a value that is neither")
    func value() throws {
        let pair = try contest()
        #expect(try pair.first.run("resolve", "/b", "--value", "9").code == 1)
        #expect(try pair.first.conflicts().map(\.pointer) == ["/a"])
        #expect(try pair.first.run("resolve", "/a", "--theirs").code == 0)
        try expectOne(#"{"a":1,"b":9,"c":1}"#, pair)
    }

    @Test("in an editor")
    func editor() throws {
        let pair = try contest()
        let script = #"echo '{"/a": {"value": 7}, "/b": {"value": 2}}' > "$1""#
        pair.first.environment["EDITOR"] = "sh " + (try pair.first.write(script, to: "editor"))
        #expect(try pair.first.run("resolve", "--all", "--edit").code == 0)
        try expectOne(#"{"a":7,"b":2,"c":1}"#, pair)
    }

    @Test("beside what the rival changes meanwhile, and what is edited here")
    func meanwhile() throws {
        let pair = try contest()
        #expect(try pair.first.run("resolve", "/a", "--mine").code == 1)
        #expect(try pair.first.run("set", "/d", "4").code == 0)
        try pair.server.put(#"{"a":1,"b":1,"c":3}"#)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/b"])
        #expect(try pair.first.run("resolve", "/b", "--mine").code == 0)
        try expectOne(#"{"a":2,"b":2,"c":3,"d":4}"#, pair)
    }

    @Test("once somebody has decided for it, it is watched as at first: brought back, then asked")
    func again() throws {
        let pair = try contest()
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        let undone = #"{"a":1,"b":2,"c":1}"#
        try pair.server.put(undone)
        #expect(try pair.first.sync() == (0, "merged", 3))
        try pair.server.put(undone)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/a"])
        #expect(try pair.first.run("resolve", "/a", "--theirs").code == 0)
        try expectOne(undone, pair)
    }
}
