import Foundation
import Testing

@Suite("init")
struct InitTests {
    /// A station without any configuration.
    private func bareStation() throws -> Station {
        let station = try Station()
        station.environment["ARM_SYNC_CONFIG"] = nil
        return station
    }

    /// Runs `init` at a terminal of its own where those lines were typed, and then Ctrl-D.
    private func answer(_ station: Station, _ lines: String..., command: String = "arm-sync init")
        throws -> Outcome
    {
        try station.write(lines.map { $0 + "\n" }.joined(), to: "answers")
        return try station.shell("script -qec '\(command)' /dev/null < $HOME/answers")
    }

    @Test("writes what flags say where every command finds it, for its owner alone")
    func flags() throws {
        let server = try SampleServer()
        let station = try bareStation()
        let outcome = try station.run(
            "init",
            "--server",
            server.url,
            "--domain",
            Station.domain,
            "-a",
            "hodor",
            "-g",
            "102"
        )
        #expect(outcome.code == 0, "\(outcome.words)")
        let path = "\(station.home)/.config/arm-sync/config.json"
        #expect(outcome.output.contains(path), "\(outcome.words)")
        #expect(try station.atHome("stat -c %a .config/arm-sync/*").output == "600\n")
        #expect(try station.atHome("stat -c %a .config/arm-sync").output == "700\n")
        #expect(try station.atHome("ls -A .config/arm-sync").output == "config.json\n")
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("sync").output.contains("saved"))
    }

    @Test("gives the file the same rights whatever the umask is", arguments: ["000", "077", "777"])
    func umask(mask: String) throws {
        let station = try bareStation()
        let outcome = try station.shell("umask \(mask); arm-sync init --domain d")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try station.atHome("stat -c %a .config/arm-sync/*").output == "600\n")
    }

    @Test("never touches a file that is there, nor a link that leads nowhere")
    func existing() throws {
        let station = try Station()
        let path = "\(station.home)/config.json"
        let before = try station.contents(path)
        let outcome = try station.run("init", "--domain", "other")
        #expect(outcome.code == 78, "\(outcome.words)")
        #expect(outcome.errors.contains(path) && outcome.errors.contains("already"))
        #expect(try station.contents(path) == before)
        #expect(try station.atHome("ln -s nowhere link").code == 0)
        #expect(try station.run("init", "--config", "\(station.home)/link").code == 78)
        #expect(try station.atHome("ls").output == "config.json\nlink\n")
    }

    @Test("run many times at once, one writes and the others say that the file is there")
    func rivals() throws {
        let station = try bareStation()
        let runs = try (0..<8).map { try station.start("init", "--agent", "\($0)") }
        let outcomes = try runs.map { try $0.wait() }
        let winners = outcomes.indices.filter { outcomes[$0].code == 0 }
        #expect(winners.count == 1)
        #expect(outcomes.filter { $0.code == 78 }.count == 7)
        let agent = try #require(winners.first)
        let file = try station.contents("\(station.home)/.config/arm-sync/config.json")
        #expect(file.contains("\"agent\": \"\(agent)\""))
        #expect(try station.atHome("ls -A .config/arm-sync").output == "config.json\n")
    }

    @Test(
        "refuses a flag that the setting would refuse, and writes nothing",
        arguments: [
            (["--server", "ftp://x"], "an address"), (["--server", ""], "an address"),
            (["--domain", ".."], "a domain"), (["--agent", ""], "an agent id"),
            (["--application", "line\nbreak"], "an application id"),
            (["--state-dir", "relative"], "begins with /"),
            (["--system", "--config", "x"], "--system"),
        ]
    )
    func wrongFlags(flags: [String], says: String) throws {
        let station = try bareStation()
        let outcome = try station.run(["init"] + flags)
        #expect(outcome.code == 64, "\(outcome.words)")
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(try station.atHome("ls -A").output == "config.json\n")
    }

    @Test("says so where it cannot write, and leaves nothing behind")
    func unwritable() throws {
        let station = try bareStation()
        for place in ["config.json/below/a-file.json", "/proc/arm-sync/config.json"] {
            let path = place.hasPrefix("/") ? place : "\(station.home)/\(place)"
            let outcome = try station.run("init", "--domain", "d", "--config", path)
            #expect(outcome.code == 74, "\(outcome.words)")
            #expect(outcome.errors.contains("cannot be written"), "\(outcome.errors)")
        }
        #expect(try station.atHome("ls -A").output == "config.json\n")
    }

    @Test("asks at a terminal, asks again after a wrong answer, and leaves out what is left empty")
    func questions() throws {
        let station = try bareStation()
        let outcome = try answer(
            station,
            "switch.example",
            "http://switch.example:8086",
            "..",
            " biysk.local ",
            "",
            "102"
        )
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.contains("has to start with http:// or https://"))
        let file = try station.contents("\(station.home)/.config/arm-sync/config.json")
        for line in [
            #""server": "http://switch.example:8086""#, #""domain": "biysk.local""#,
            #""//application": "hodor""#, #""agent": "102""#,
        ] {
            #expect(file.contains("  \(line)"), "\(file)")
        }
        #expect(try station.run("status").code == 0)
    }

    @Test("writes nothing where the questions are not answered to their end")
    func stopped() throws {
        let station = try bareStation()
        let outcome = try answer(station, "http://switch.example:8086")
        #expect(outcome.code == 64, "\(outcome.words)")
        #expect(outcome.output.contains("no configuration was written"), "\(outcome.words)")
        #expect(try station.atHome("ls -A .config").code != 0)
    }

    @Test("asks nothing where the file is there already")
    func askedInVain() throws {
        let station = try Station()
        let outcome = try answer(station, "http://switch.example:8086", "d", "a", "1")
        #expect(outcome.code == 78, "\(outcome.words)")
        #expect(!outcome.output.contains("Ctrl-D"), "\(outcome.words)")
    }

    @Test("without flags and without a terminal writes every setting as a comment")
    func template() throws {
        let station = try bareStation()
        let outcome = try station.run("init")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.contains("\"server\" and \"domain\""), "\(outcome.words)")
        #expect(try station.run("status").code == 0)
    }

    @Test("prints the file and what it sets with --json, and asks nothing then")
    func json() throws {
        let station = try bareStation()
        let outcome = try station.run("init", "--json", "--agent", "1", "--domain", "d")
        let path = "\(station.home)/.config/arm-sync/config.json"
        #expect(
            outcome.output
                == "{\"file\":\"\(path)\",\"settings\":[\"domain\",\"agent\"],\"transport\":null}\n"
        )
        let unasked = try answer(
            station,
            command: "arm-sync init --json --config $HOME/second.json"
        )
        #expect(unasked.output.contains("second.json\",\"settings\":[]"), "\(unasked.words)")
    }
}

extension Station {
    /// Runs a line of shell in the station's home.
    fileprivate func atHome(_ line: String) throws -> Outcome { try shell("cd \(home) && \(line)") }
}
