import Testing

@Suite("What would empty a document, or never comes back as it was sent")
struct GuardTests {
    /// A station that has merged its document away: it took one member out, another station the
    /// other one.
    private func emptied() throws -> Pair {
        let pair = try Pair(agreeingOn: #"{"a":1,"b":1}"#)
        try pair.part(mine: #"{"b":1}"#, theirs: #"{"a":1}"#)
        guard try pair.first.sync() == (1, "held", 1) else {
            throw Unexpected(description: "not held")
        }
        return pair
    }

    @Test("nothing left after merging is held, and emptied on the server by --mine")
    func emptySave() throws {
        let pair = try emptied()
        #expect(try pair.first.document().held_because == "empty_save")
        #expect(try pair.first.document().state == "held")
        #expect(try pair.first.local() == "{}")
        #expect(try pair.server.document() == #"{"a":1}"#)
        let screen = try pair.first.run("conflicts", "show")
        #expect(screen.code == 1 && screen.output.contains("resolve --all --mine"))
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == "{}")
    }

    @Test("nothing left after merging is taken back from the server by --theirs")
    func emptySaveGivenUp() throws {
        let pair = try emptied()
        #expect(try pair.first.run("resolve", "--all", "--theirs").code == 0)
        #expect(try pair.first.local() == #"{"a":1}"#)
        #expect(try pair.first.sync() == (0, "unchanged", 1))
        #expect(try pair.server.document() == #"{"a":1}"#)
    }

    @Test("a further edit ends the hold by itself")
    func furtherEdit() throws {
        let pair = try emptied()
        #expect(try pair.first.run("set", "/c", "1").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"c":1}"#)
    }

    @Test(
        "emptying on purpose is sent",
        arguments: [
            ["clear"], ["unset", "/a", "--allow-empty"], ["set", "", "{}", "--allow-empty"],
        ]
    )
    func onPurpose(command: [String]) throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        let outcome = try pair.first.run(command)
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == "{}")
    }

    @Test(
        "a document that another station emptied on purpose is asked about",
        arguments: [("--mine", #"{"a":1}"#), ("--theirs", "{}")]
    )
    func emptiedElsewhere(side: String, settled: String) throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        #expect(try pair.first.run("clear").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.second.sync() == (1, "held", 1))
        #expect(try pair.second.document().held_because == "remote_emptied")
        #expect(try pair.second.local() == #"{"a":1}"#)
        let screen = try pair.second.run("conflicts", "show").output
        #expect(screen.contains("on purpose") && screen.contains("reset"), "\(screen)")
        #expect(try pair.second.run("resolve", "--all", side).code == 0)
        #expect(try pair.second.sync().code == 0)
        #expect(try pair.second.local() == settled)
        #expect(try pair.server.document() == settled)
        // To whoever emptied it, a restored document looks like one written by somebody who had not
        // seen that it was emptied.
        let isRestored = side == "--mine"
        #expect(try pair.first.sync().code == (isRestored ? 1 : 0))
        #expect(try pair.first.document().held_because == (isRestored ? "empty_save" : nil))
        #expect(try pair.server.document() == settled)
    }

    @Test("a server emptied behind everybody's back is held, and edits here are kept")
    func serverEmptied() throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        #expect(try pair.first.run("set", "/b", "2").code == 0)
        try pair.server.remove()
        #expect(try pair.first.sync() == (1, "held", 1))
        #expect(try pair.first.document().held_because == "remote_emptied")
        #expect(try pair.first.local() == #"{"a":1,"b":2}"#)
        #expect(try pair.server.document() == nil)
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":1,"b":2}"#)
    }

    /// A server that has added the same member to a save that took it out again.
    private func altered() throws -> Pair {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        try pair.server.set(faults: "alter@save*forever")
        guard try pair.first.run("set", "/a", "2").code == 0,
            try pair.first.sync() == (0, "saved", 3),
            try pair.first.sync() == (0, "merged", 1),
            try pair.first.run("unset", "/altered").code == 0,
            try pair.first.sync() == (1, "held", 3)
        else { throw Unexpected(description: "not held") }
        return pair
    }

    @Test("a server that alters what it is given is noticed, and nothing more is sent")
    func alters() throws {
        let pair = try altered()
        #expect(try pair.first.document().held_because == "server_alters_data")
        let screen = try pair.first.run("conflicts", "show")
        #expect(screen.code == 1 && screen.output.contains("not kept so by the server"))
        #expect(try pair.first.conflicts().map(\.pointer) == ["/altered"])
        try pair.server.forgetRequests()
        #expect(try pair.first.sync() == (1, "held", 1))
        #expect(try !pair.server.requests().contains(where: \.isSave))
    }

    @Test("what an altering server makes of it is taken by --theirs")
    func altersTaken() throws {
        let pair = try altered()
        #expect(try pair.first.run("resolve", "--all", "--theirs").code == 0)
        #expect(try pair.first.sync() == (0, "unchanged", 1))
        #expect(try pair.first.local() == #"{"a":2,"altered":true}"#)
        #expect(try pair.first.document().state == "synced")
    }

    @Test("a server that claims to store and does not is held, not asked for ever")
    func loses() throws {
        let pair = try Pair(agreeingOn: #"{"a":1}"#)
        try pair.server.set(faults: "lose@save*forever")
        #expect(try pair.first.run("set", "/a", "2").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.first.sync() == (1, "held", 3))
        #expect(try pair.first.document().held_because == "server_alters_data")
        #expect(try pair.first.local() == #"{"a":2}"#)
        try pair.server.clearFaults()
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == #"{"a":2}"#)
    }

    @Test("a server that goes on altering after --mine is held again, not asked for ever")
    func altersStill() throws {
        let pair = try altered()
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.local() == #"{"a":2}"#)
        var runs = 0
        while try pair.first.document().state != "held", runs < 4 {
            _ = try pair.first.sync()
            runs += 1
        }
        #expect(try pair.first.document().held_because == "server_alters_data")
        #expect(try pair.first.local() == #"{"a":2}"#)
    }

    @Test("an altering server that was mended is tried again by --mine")
    func altersMended() throws {
        let pair = try altered()
        try pair.server.clearFaults()
        let local = try pair.first.local()
        #expect(try pair.first.run("resolve", "--all", "--mine").code == 0)
        #expect(try pair.first.sync() == (0, "saved", 3))
        #expect(try pair.server.document() == local)
        #expect(try pair.first.document().state == "synced")
    }
}
