import Testing

@Suite("The choice between HTTP and a WebSocket", .onceForBothTransports)
struct TransportChoiceTests {
    /// The address in the scheme that asks for a WebSocket.
    private func webSocket(_ server: SampleServer) -> String {
        TransportUnderTest.websocket.address(of: server.webURL)
    }

    private func transport(_ station: Station) throws -> String? {
        try station.status().server.transport
    }

    @Test("may change from one sync to the next: it is the same document at the same switch")
    func changing() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/first", "1").code == 0)
        #expect(try station.run("sync").code == 0)
        #expect(try transport(station) == "http")

        station.environment["ARM_SYNC_SERVER"] = webSocket(server)
        #expect(try transport(station) == "websocket")
        #expect(try station.run("set", "/second", "2").code == 0)
        let second = try station.run("sync", "--verbose")
        #expect(second.code == 0 && second.output.contains("over a WebSocket"), "\(second.words)")
        #expect(try server.document() == #"{"first":1,"second":2}"#)

        station.environment["ARM_SYNC_SERVER"] = nil
        #expect(try station.run("set", "/third", "3").code == 0)
        let third = try station.run("sync", "--verbose")
        #expect(third.code == 0 && third.output.contains("over HTTP"), "\(third.words)")
        #expect(try server.document() == #"{"first":1,"second":2,"third":3}"#)
    }

    @Test("is a setting too, for an address that only says where the switch is")
    func setting() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: #""transport": "websocket""#)
        #expect(try station.run("set", "/a", "1").code == 0)
        let dry = try station.run("sync", "--dry-run")
        #expect(dry.code == 0 && dry.output.contains("over a WebSocket"), "\(dry.words)")
        #expect(try station.run("sync").code == 0)
        #expect(try transport(station) == "websocket")
        #expect(try server.document() == #"{"a":1}"#)
        let connections = try server.requests().map(\.connection)
        #expect(Set(connections).count == 2, "one for each run: \(connections)")
    }

    @Test("ends with 78 and a word where scheme and setting contradict each other")
    func contradiction() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: #""transport": "http""#)
        station.environment["ARM_SYNC_SERVER"] = webSocket(server)
        for command in ["status", "sync", "outbox"] {
            let outcome = try station.run(command)
            #expect(outcome.code == 78, "\(outcome.words)")
            #expect(outcome.errors.contains("\"transport\" is \"http\""), "\(outcome.words)")
        }
        #expect(try server.requests().isEmpty)
    }

    @Test(
        "reaches a WebSocket wherever it is, with whatever padding",
        arguments: [
            (["--websocket-path", "/ws/<DOMAIN>"], #""websocket_path": "/ws/biysk.local""#),
            (["--path-prefix", "/gateway"], #""path_prefix": "gateway""#),
            ([], #""websocket_padding": "nuls""#),
        ]
    )
    func guesses(options: [String], settings: String) throws {
        let server = try SampleServer(options: options)
        let station = try Station(server, settings: #""transport": "websocket", "# + settings)
        #expect(try station.run("set", "/a", #""й""#).code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try server.document() == #"{"a":"й"}"#)
    }

    @Test(
        "shows the WebSocket the session's cookie where the cookie is meant for its path",
        arguments: [("/ws", 0), ("/biysk.local", 78)] as [(String, Int32)]
    )
    func session(path: String, code: Int32) throws {
        let server = try SampleServer(
            options: ["--websocket-path", "/ws/<DOMAIN>", "--require", "Cookie: session=s3cret"]
        )
        let station = try Station()
        let cookies = try station.writeSecret(
            "127.0.0.1\tFALSE\t\(path)\tFALSE\t0\tsession\ts3cret\n",
            to: "cookies"
        )
        try station.configure(
            server,
            settings: """
                "transport": "websocket", "websocket_path": "/ws/biysk.local",
                "credentials": {"type": "cookie_file", "path": "\(cookies)"}
                """
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == code, "\(outcome.words)")
        #expect(try server.document() == (code == 0 ? #"{"a":1}"# : nil))
    }

    @Test("is said by init, which takes either kind of address")
    func initialising() throws {
        let server = try SampleServer()
        let station = try Station()
        station.environment["ARM_SYNC_CONFIG"] = nil
        let flags = [
            "--server", webSocket(server), "--domain", Station.domain, "-a", "a", "-g", "1",
        ]
        let outcome = try station.run(["init"] + flags)
        #expect(
            outcome.code == 0 && outcome.output.contains("over a WebSocket"),
            "\(outcome.words)"
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("sync").code == 0)
        #expect(try server.document("a", "1") == #"{"a":1}"#)
    }
}
