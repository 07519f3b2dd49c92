import Testing

@Suite("What is not sent until somebody decides")
struct HeldTests {
    @Test("a document the server has lost: restored by --mine")
    func emptied() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        try server.remove()
        #expect(try station.sync() == (1, "held", 1))
        #expect(try station.document().held_because == "remote_emptied")
        #expect(try station.document().state == "held")
        #expect(try station.status().totals.held == 1)
        #expect(try station.local() == #"{"a":1}"#)
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("a document the server has lost: dropped by --theirs")
    func emptiedAndDropped() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        try server.remove()
        #expect(try station.sync() == (1, "held", 1))
        #expect(try station.run("resolve", "--all", "--theirs").code == 0)
        #expect(try station.sync() == (0, "unchanged", 1))
        #expect(try station.run("get").code == 65)
        #expect(try server.document() == nil)
    }

    @Test("where the server holds something that is no document of ours")
    func foreign() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try server.put("no JSON at all \u{1B}[31m".replacing("\u{1B}", with: "^"))
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync() == (1, "held", 1))
        #expect(try station.document().held_because == "foreign_content")
        let shown = try station.run("conflicts", "show")
        #expect(shown.code == 1)
        #expect(shown.output.contains("no JSON at all"), "\(shown.output)")
        #expect(try station.run("resolve", "--all", "--theirs").code == 65)
        #expect(try server.requests().filter(\.isSave).isEmpty)
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("a document that belongs to another server, until it is given over")
    func otherServer() throws {
        let (first, second) = (try SampleServer(), try SampleServer())
        let station = try Station(first)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        #expect(try station.run("set", "/b", "2").code == 0)
        station.environment["ARM_SYNC_SERVER"] = second.url
        #expect(try station.sync() == (78, "held", 0))
        #expect(try station.document().held_because == "foreign_server")
        #expect(try second.tries() == 0)

        let rebound = try station.run("rebind", "--json")
        #expect(rebound.code == 0 && rebound.output.contains(#""rebound":true"#))
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try second.document() == #"{"a":1,"b":2}"#)
        #expect(try first.document() == #"{"a":1}"#)
        #expect(try station.run("rebind", "--json").output.contains(#""rebound":false"#))
        #expect(try Station().run("rebind").code == 78)
    }

    @Test("a given-over document does not overwrite what the other server holds")
    func occupiedServer() throws {
        let (first, second) = (try SampleServer(), try SampleServer())
        let station = try Station(first)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        try second.put(#"{"theirs":1}"#)
        station.environment["ARM_SYNC_SERVER"] = second.url
        #expect(try station.run("rebind").code == 0)
        #expect(try station.sync() == (1, "conflict", 1))
        #expect(try second.document() == #"{"theirs":1}"#)
    }

    @Test("another domain is another server, and another spelling of it is not")
    func spelling() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        let spelling = server.url.replacing(/^[a-z]+/) { $0.output.uppercased() } + "/"
        #expect(try station.sync("--server", spelling).code == 0)
        #expect(try station.sync("--domain", "other.local") == (78, "held", 0))
    }

    @Test("without an agent nothing is sent unseen")
    func blind() throws {
        let server = try SampleServer()
        let station = try Station(server, agent: nil)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync() == (1, "held", 0))
        #expect(try station.document().held_because == "blind")
        #expect(try station.document().conflict_detection == false)
        #expect(try server.tries() == 0)
        let screen = try station.run("status").output
        #expect(screen.contains("read_agent_id") && screen.contains("blind_saves"), "\(screen)")

        station.environment["ARM_SYNC_BLIND_SAVES"] = "true"
        #expect(try station.sync() == (0, "saved", 1))
        #expect(try server.requests().map(\.outcome) == ["saved"])
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("a blind save whose end is not known is sent again")
    func blindAgain() throws {
        let server = try SampleServer()
        let station = try Station(
            server,
            agent: nil,
            settings: #""blind_saves": true, "timeouts": {"total": "1s"}"#
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@save")
        #expect(try station.sync() == (75, "transient", 1))
        #expect(try station.document().pending_edits == 1)
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.sync() == (0, "saved", 1))
        #expect(try server.document() == #"{"a":1,"b":2}"#)
        #expect(try station.document().state == "synced")
    }

    @Test("an agent to read by makes it work without one to save by")
    func readAgent() throws {
        let server = try SampleServer()
        let station = try Station(server, agent: nil, settings: #""read_agent_id": "102""#)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == #"{"a":1}"#)
        try server.put(#"{"a":2}"#)
        #expect(try station.sync() == (0, "merged", 1))
        #expect(try station.document().agent_id == nil)
        #expect(try station.document().conflict_detection)
    }
}
