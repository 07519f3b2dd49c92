import Testing

@Suite("Configuration", .onceForBothTransports)
struct ConfigurationTests {
    /// A configuration file that cannot be used, and what the message names.
    static let mistakes: [(file: String, says: [String])] = [
        (#"{"sever": "http://x:1"}"#, ["config.json", "sever"]),
        (#"{"parallel": "4"}"#, ["config.json", "parallel", "from 1 to 64"]),
        (#"{"timeouts": {"connect": 5}}"#, ["timeouts.connect", "\"30s\""]),
        (#"{"timeouts": "5s"}"#, ["timeouts"]),
        ("{\n  \"server\": tru\n}", ["line 2", "column 13"]),
        ("[]", ["object"]),
        ("", ["line 1, column 1"]),
        (#"{"server": "ftp://x"}"#, ["config.json", "server"]),
    ]

    @Test("a mistake in the file is 78, with file, key and what was expected", arguments: mistakes)
    func mistake(file: String, says: [String]) throws {
        let station = try Station()
        try station.write(file, to: "config.json")
        for command in [["get"], ["set", "/a", "1"], ["sync"], ["status"]] {
            let outcome = try station.run(command)
            // A server is looked at only where one is complete.
            if file.contains("ftp") && command != ["sync"] { continue }
            #expect(outcome.code == 78, "\(command): \(outcome.words)")
            if file.contains("ftp") { continue }
            for text in says { #expect(outcome.errors.contains(text), "\(outcome.errors)") }
        }
    }

    @Test("a file that is named and cannot be read is 78", arguments: ["/not/there", "/tmp", ""])
    func unreadable(path: String) throws {
        let station = try Station()
        #expect(try station.run("status", "--config", path).code == 78)
        station.environment["ARM_SYNC_CONFIG"] = path
        let outcome = try station.run("status")
        #expect(outcome.code == 78, "\(outcome.words)")
        #expect(outcome.errors.contains(path))
    }

    @Test(
        "the environment is checked as the file is",
        arguments: [
            ("ARM_SYNC_SERVR", "http://x", "ARM_SYNC_SERVR"),
            ("ARM_SYNC_BLIND_SAVES", "yes", "true or false"),
            ("ARM_SYNC_AGENT", "", "ARM_SYNC_AGENT"),
            ("ARM_SYNC_TRANSPORT", "carrier pigeon", "http"),
            ("ARM_SYNC_STATE_DIR", "relative/path", "ARM_SYNC_STATE_DIR"),
        ]
    )
    func environment(name: String, value: String, says: String) throws {
        let station = try Station()
        station.environment[name] = value
        let outcome = try station.run("get")
        #expect(outcome.code == 78, "\(outcome.words)")
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test("an empty flag is a mistake, as a shell makes of a variable that is not set")
    func emptyFlags() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        for (flag, code) in [
            ("--state-dir", 64), ("--application", 64), ("--agent", 64), ("--server", 78),
            ("--domain", 78), ("--config", 78),
        ] as [(String, Int32)] {
            #expect(try station.run("sync", flag, "").code == code, "\(flag)")
        }
        #expect(try server.tries() == 0)
    }

    @Test("flags win over the environment, and that over the file")
    func precedence() throws {
        let station = try Station()
        #expect(try station.run("set", "/from", "\"file\"").code == 0)
        station.environment["ARM_SYNC_AGENT"] = "from environment"
        #expect(try station.run("set", "/from", "\"environment\"").code == 0)
        #expect(try station.run("set", "/from", "\"flag\"", "-g", "from flag").code == 0)
        let agents = try station.status().documents.map(\.agent_id)
        #expect(agents == ["102", "from environment", "from flag"])
    }

    @Test("without --config the user's own file is read, and the state is where XDG says")
    func standardPlaces() throws {
        let station = try Station()
        station.environment["ARM_SYNC_CONFIG"] = nil
        station.environment["ARM_SYNC_STATE_DIR"] = nil
        #expect(try station.shell("mkdir -p $HOME/.config/arm-sync").code == 0)
        try station.write(
            #"{"application": "xdg", "// note": 1}"#,
            to: ".config/arm-sync/config.json"
        )
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.shell("ls $HOME/.local/state/arm-sync/documents").output == "xdg\n")
        station.environment["XDG_STATE_HOME"] = "\(station.home)/elsewhere"
        #expect(try station.status().documents.isEmpty)
        station.environment["XDG_CONFIG_HOME"] = "\(station.home)/nowhere"
        #expect(try station.run("get").code == 64)
        station.environment["HOME"] = nil
        station.environment["XDG_STATE_HOME"] = "relative"
        #expect(try station.run("status").code == 78)
    }

    @Test("asking the server without one is 78; editing without one is not")
    func noServer() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("sync")
        #expect(outcome.code == 78)
        #expect(outcome.errors.contains("ARM_SYNC_SERVER"), "\(outcome.errors)")
        let half = try station.run("sync", "--server", "http://127.0.0.1:1")
        #expect(half.code == 78 && half.errors.contains("ARM_SYNC_DOMAIN"), "\(half.words)")
        let wrong = try station.run("sync", "--server", "ftp://x", "--domain", "d")
        #expect(wrong.code == 78 && wrong.errors.contains("http://"), "\(wrong.words)")
        #expect(
            try station.run("sync", "--server", "http://127.0.0.1:1", "--domain", "..").code == 78
        )
    }
}
