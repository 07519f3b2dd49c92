import Testing

@Suite("Over a WebSocket", .onceForBothTransports)
struct WebSocketTests {
    private func station(_ server: SampleServer, settings: String = "") throws -> Station {
        try Station(server, over: .websocket, settings: settings)
    }

    /// Makes that many documents, agents 1 and up, each with an edit to a value of its own.
    private func edit(_ documents: Int, _ station: Station) throws {
        for agent in 1...documents { try edit(agent: agent, station) }
    }

    private func edit(agent: Int, _ station: Station) throws {
        let edit = ["set", "/n", "\(agent)", "-a", "hodor", "-g", "\(agent)"]
        #expect(try station.run(edit).code == 0)
    }

    private func expectSaved(_ documents: Int, _ server: SampleServer) throws {
        for agent in 1...documents {
            #expect(try server.document("hodor", "\(agent)") == #"{"n":\#(agent)}"#)
        }
    }

    @Test("one connection carries two hundred documents, reads and saves, each with its number")
    func oneConnection() throws {
        let server = try SampleServer()
        let list = (1...200).map { #"{"application": "hodor", "agent": "\#($0)"}"# }
        let station = try Station(
            server,
            over: .websocket,
            application: nil,
            settings: #""parallel": 16, "documents": [\#(list.joined(separator: ","))]"#
        )
        try edit(10, station)
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        let lines = try outcome.decoded(SyncLine.self)
        #expect(lines.filter { $0.result == "saved" }.count == 10)
        #expect(lines.last?.requests == 220)
        #expect(try server.handshakes().map(\.outcome) == ["opened"])
        let requests = try server.requests()
        #expect(Set(requests.map(\.connection)) == [try server.handshakes()[0].connection])
        #expect(Set(requests.compactMap(\.number)).count == 220, "numbers are used again")
        #expect(Set(requests.compactMap(\.agent)).count == 200)
        try expectSaved(10, server)
    }

    @Test("answers belong to the requests whose numbers they bear, in whatever order they come")
    func order() throws {
        let server = try SampleServer()
        let station = try Station(server, over: .websocket, application: nil)
        try edit(9, station)
        try server.set(faults: "reverse:4*forever")
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).last?.requests == 27)
        #expect(try server.requests().allSatisfy { $0.fault?.hasPrefix("reverse:4") == true })
        try expectSaved(9, server)
    }

    @Test("what the server says unasked disturbs nothing, and fragments are one answer")
    func noise() throws {
        let server = try SampleServer()
        let station = try Station(server, over: .websocket, application: nil)
        try edit(3, station)
        try server.set(faults: "noise:5*4", "fragments:7*4", "twice*forever")
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).last?.requests == 9)
        let faults = try server.requests().compactMap(\.fault)
        #expect(faults.count == 9, "\(faults)")
        try expectSaved(3, server)
        #expect(try server.handshakes().count == 1)
    }

    @Test("a connection that ends amid a message leaves every save on it to the next reading")
    func savesInFlight() throws {
        let server = try SampleServer()
        let station = try Station(server, over: .websocket, application: nil)
        // The first document of a run goes alone; this one has nothing to save.
        try edit(agent: 0, station)
        #expect(try station.run("sync").code == 0)
        try edit(4, station)
        try server.forgetRequests()
        try server.set(faults: "hang@save*2", "hang:after@save", "break-off@save")
        let broken = try station.run("sync", "--json")
        #expect(broken.code == 75, "\(broken.words)")
        let words = try broken.decoded(SyncLine.self).compactMap(\.result)
        #expect(
            words.sorted() == ["transient", "transient", "transient", "transient", "unchanged"]
        )
        #expect(try station.status().totals.pending_edits == 4)
        #expect(try server.requests().filter(\.isSave).count == 4)

        try server.forgetRequests()
        #expect(try station.run("sync").code == 0)
        // Two had arrived, and are not sent again.
        #expect(try server.requests().filter(\.isSave).count == 2)
        try expectSaved(4, server)
        #expect(try station.status().totals.pending_edits == 0)
        #expect(try station.run("conflicts").code == 0)
    }

    @Test("a connection that is lost under one document is made again for the others")
    func reconnecting() throws {
        let server = try SampleServer()
        let station = try Station(
            server,
            over: .websocket,
            application: nil,
            settings: #""parallel": 1"#
        )
        try edit(3, station)
        try server.set(faults: "close-before@save")
        let outcome = try station.run("sync", "--json")
        #expect(outcome.code == 75, "\(outcome.words)")
        let words = try outcome.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == ["transient", "saved", "saved"], "\(outcome.words)")
        #expect(try server.handshakes().map(\.outcome) == ["opened", "opened"])
        #expect(try station.run("sync").code == 0)
        try expectSaved(3, server)
    }

    @Test("a connection that the server leaves between two requests is made again for the next")
    func farewell() throws {
        let wire = try RawWebSocket()
        let station = try Station(
            settings: """
                "server": "ws://127.0.0.1:\(wire.port)", "domain": "\(Station.domain)"
                """
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        let sync = try station.start("sync", "--json")
        let saved = #"{"_name":"user_data","_attributes":{"user_data":"{\"a\":1}"}}"#
        for (command, content) in [
            ("read_user_data", #"{"_name":"user_data"}"#),
            ("save_user_data", #"{"_name":"ok"}"#),
            ("read_user_data", #"{"_name":"user_data","_content":[\#(saved)]}"#),
        ] {
            _ = try wire.accept()
            let message = String(decoding: try wire.frame().payload, as: UTF8.self)
            #expect(message.dropFirst(16).hasPrefix(command), "\(message)")
            let body =
                #"[{"_name":"out","_content":[{"_name":"response","_content":[\#(content)]}]}]"#
            let size = String(19 + body.utf8.count)
            let length = String(repeating: "0", count: 10 - size.count) + size
            let answer = "01\(length)\(message.dropFirst(12).prefix(4))200\(body)"
            try wire.send(Array(answer.utf8), isLast: true)
        }
        let outcome = try sync.wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).first?.result == "saved")
        #expect(try station.document().state == "synced")
    }

    @Test(
        "a server that falls silent is noticed within the stall limit, whatever the total is",
        arguments: [["no-pong@handshake", "hang@save"], ["stall@save"]]
    )
    func silence(faults: [String]) throws {
        let server = try SampleServer()
        let limits = #""timeouts": {"stall": "4s", "total": "1h"}"#
        let station = try station(server, settings: limits)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: faults)
        let outcome = try station.run("sync")
        #expect(outcome.code == 75, "\(outcome.words)")
        #expect(outcome.output.unwrapped.contains("Nothing moved for 4 s."), "\(outcome.words)")
        #expect(try station.document().last_error?.kind == "transient")
        #expect(try station.document().pending_edits == 1)
        try station.configure(server)
        #expect(try station.sync().code == 0)
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("a server that lives and never answers is left after the total limit")
    func noAnswer() throws {
        let server = try SampleServer()
        // Without its pongs it would be left a second earlier, for the other reason.
        let limits = #""timeouts": {"stall": "6s", "total": "7s"}"#
        let station = try station(server, settings: limits)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@read")
        let outcome = try station.run("sync")
        #expect(outcome.code == 75, "\(outcome.words)")
        #expect(outcome.output.unwrapped.contains("No answer within 7 s."), "\(outcome.words)")
    }

    @Test(
        "what answers in the server's place is no answer to any request",
        arguments: ["garbage", "redirect", "empty"]
    )
    func captivePortal(page: String) throws {
        let server = try SampleServer()
        let station = try station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "\(page)@handshake")
        let outcome = try station.run("sync")
        #expect(outcome.code == 75, "\(outcome.words)")
        if page == "garbage" {
            #expect(outcome.output.unwrapped.contains("captive portal"), "\(outcome.words)")
        }
        #expect(try station.document().last_error?.kind == "garbled")
        #expect(try server.handshakes().map(\.outcome) == ["nothing"])
        #expect(try server.requests().isEmpty)
        #expect(try station.sync() == (0, "saved", 3))
    }

    @Test("credentials are asked for again, once, where the handshake turns them away")
    func credentials() throws {
        let server = try SampleServer(options: ["--require", "X-Token: right"])
        let station = try station(server)
        let command = """
            while read -r line && [ -n "$line" ]; do
                case $line in reason=*) echo "$line" >> "$HOME/asked"; esac
            done
            echo "header=X-Token: $(cat "$HOME/token")"
            """
        let script = try station.write(command, to: "command")
        station.environment["ARM_SYNC_CREDENTIALS_COMMAND"] = "sh '\(script)'"
        #expect(try station.run("set", "/a", "1").code == 0)
        try station.write("wrong", to: "token")
        let refused = try station.run("sync")
        #expect(refused.code == 77, "\(refused.words)")
        let asked = "\(station.home)/asked"
        #expect(try station.contents(asked) == "reason=first\nreason=refused\n")
        // The same once more would be turned away once more.
        #expect(try server.requests().map(\.status) == [401])
        #expect(try server.handshakes().isEmpty)

        try server.forgetRequests()
        try station.write("right", to: "token")
        try station.write("", to: "asked")
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try station.contents(asked) == "reason=first\n")
        #expect(try server.requests().map(\.transport) == ["websocket", "websocket", "websocket"])
    }
}
