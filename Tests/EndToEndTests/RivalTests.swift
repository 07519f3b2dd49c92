import Testing

@Suite("The server's document changed behind our back")
struct RivalTests {
    /// A station and a switch that agree on `{"a":1}`.
    private func agreed() throws -> (SampleServer, Station) {
        let server = try SampleServer()
        let station = try Station(server)
        guard try station.run("set", "/a", "1").code == 0, try station.sync().code == 0 else {
            throw Unexpected(description: "no first sync")
        }
        try server.forgetRequests()
        return (server, station)
    }

    @Test("without local edits it is taken over")
    func takenOver() throws {
        let (server, station) = try agreed()
        try server.put(#"{"a":2,"new":1.50}"#)
        #expect(try station.sync() == (0, "merged", 1))
        #expect(try station.local() == #"{"a":2,"new":1.50}"#)
        try server.put(#"{"a":3}"#)
        #expect(try station.run("pull").code == 0)
        #expect(try station.local() == #"{"a":3}"#)
    }

    @Test("a pull reads and sends nothing")
    func pull() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        #expect(try station.run("pull").code == 0)
        #expect(try station.document().pending_edits == 1)
        try server.put(#"{"a":"theirs"}"#)
        #expect(try station.run("pull").code == 1)
        #expect(try station.document().state == "conflict")
        #expect(try !server.requests().contains(where: \.isSave))
        #expect(try station.local() == #"{"a":"mine"}"#)
    }

    @Test("to the very same value, nothing is sent and nothing is a conflict")
    func same() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/b", "2").code == 0)
        try server.put(#"{"b":2.0,"a":1}"#)
        #expect(try station.sync() == (0, "saved", 1))
        #expect(try !server.requests().contains(where: \.isSave))
        #expect(try station.document().state == "synced")
    }

    @Test("with local edits it is a conflict: held, told, and open to further edits")
    func conflict() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        #expect(try station.run("set", "/x", "1", "-g", "other").code == 0)
        try server.put(#"{"a":"theirs"}"#)

        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 1)
        let words = try outcome.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == ["conflict", "saved"], "\(outcome.words)")
        #expect(try server.document() == #"{"a":"theirs"}"#)
        #expect(try server.document("hodor", "other") == #"{"x":1}"#)

        let document = try station.status().documents[0]
        #expect(document.state == "conflict")
        #expect(document.held_because == "conflict")
        #expect(document.conflicts == 1)
        #expect(try station.status().totals.conflicts == 1)

        let list = try station.run("conflicts")
        #expect(list.code == 1)
        #expect(list.output.contains("arm-sync resolve --all --mine"), "\(list.output)")
        let shown = try station.run("conflicts", "show")
        #expect(shown.code == 1)
        #expect(shown.output.contains("theirs") && shown.output.contains("mine"))
        let place = try station.run("conflicts", "show", "/a", "--json")
        #expect(place.output.contains(#""pointer":"/a","base":1,"mine":"mine","theirs":"theirs""#))
        let json = try station.run("conflicts", "--json")
        #expect(json.code == 1)
        let digest = try #require(json.output.firstMatch(of: /"digest":"([0-9a-f]{8})"/)?.output.1)
        #expect(
            json.output == #"{"application_id":"hodor","agent_id":"102","pointer":"/a","#
                + #""base":1,"mine":"mine","theirs":"theirs","mine_pointer":"/a","#
                + #""theirs_pointer":"/a","digest":"\#(digest)","held_because":"conflict"}"# + "\n"
        )

        #expect(try station.run("set", "/more", "1").code == 0)
        #expect(try station.sync().code == 1)
        #expect(try station.document(agent: "102").pending_edits == 2)
        #expect(try server.document() == #"{"a":"theirs"}"#)
    }

    @Test("and a person keeps what is here")
    func mine() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        try server.put(#"{"a":"theirs"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        #expect(try station.document().state == "pending")
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":"mine"}"#)
        #expect(try station.run("conflicts").code == 0)
        #expect(try station.run("conflicts", "--json").output == "")
    }

    @Test("and a person takes what is there")
    func theirs() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        try server.put(#"{"a":"theirs"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try station.run("resolve", "", "--theirs").code == 0)
        #expect(try station.local() == #"{"a":"theirs"}"#)
        #expect(try station.document().state == "synced")
        #expect(try station.sync() == (0, "unchanged", 1))
        #expect(try server.document() == #"{"a":"theirs"}"#)
    }

    @Test("again after the decision: the decision does not overwrite what nobody saw")
    func movedSince() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        try server.put(#"{"a":"theirs"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        try server.put(#"{"a":"newer"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try server.document() == #"{"a":"newer"}"#)
    }

    @Test("and back again: the conflict is over by itself")
    func passing() throws {
        let (server, station) = try agreed()
        #expect(try station.run("set", "/a", #""mine""#).code == 0)
        try server.put(#"{"a":"theirs"}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        try server.put(#"{"a":1}"#)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try station.document().conflicts == 0)
        #expect(try server.document() == #"{"a":"mine"}"#)
    }

    @Test("there is nothing to resolve where nothing is held")
    func nothing() throws {
        let (_, station) = try agreed()
        #expect(try station.run("resolve", "--all", "--mine").code == 65)
        #expect(try station.run("resolve", "--all").code == 64)
        #expect(try station.run("resolve", "--mine").code == 64)
        #expect(try station.run("resolve", "--all", "--mine", "--theirs").code == 64)
    }
}
