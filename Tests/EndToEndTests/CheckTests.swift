import Testing

@Suite("status --check")
struct CheckTests {
    @Test("a healthy station, one that waits, one in conflict, one whose credentials are refused")
    func levels() throws {
        let server = try SampleServer()
        let station = try Station(server)
        let fresh = try station.run("status", "--check")
        #expect(fresh.code == 0)
        #expect(fresh.output.hasPrefix("ARM-SYNC OK - 0 documents, all saved|documents=0;"))

        #expect(try station.run("set", "/a", "1").code == 0)
        let waiting = try station.run("status", "--check")
        #expect(waiting.code == 0 && waiting.output.contains("OK - 1 edit waiting for "))
        let impatient = try station.run("status", "--check", "--warning", "0s")
        #expect(impatient.code == 1, "\(impatient.words)")
        let critical = ["status", "--check", "--warning", "0s", "--critical", "0s"]
        #expect(try station.run(critical).code == 2)

        #expect(try station.sync().code == 0)
        #expect(try station.run(critical).code == 0)
        #expect(try station.run("set", "/b", "1").code == 0)
        try server.set(faults: "401@any")
        #expect(try station.sync().code == 77)
        #expect(try station.run("status", "--check").code == 2)
        try server.put(#"{"a":1,"b":"theirs"}"#)
        #expect(try station.sync().code == 1)
        let conflict = try station.run("status", "--check")
        #expect(conflict.code == 1)
        #expect(conflict.output.contains("WARNING - 1 in conflict"), "\(conflict.words)")
        #expect(conflict.lines.count == 1 && conflict.errors == "")
    }

    @Test("what cannot be told is 3, in one line on standard output")
    func unknown() throws {
        let station = try Station()
        try station.write(#"{"sever": 1}"#, to: "config.json")
        let configuration = try station.run("status", "--check")
        #expect(configuration.code == 3)
        #expect(configuration.lines.count == 1 && configuration.errors == "")
        #expect(configuration.output.hasPrefix("ARM-SYNC UNKNOWN - "), "\(configuration.words)")

        try station.write("{}", to: "config.json")
        try station.write("no directory", to: "state")
        let store = try station.run("status", "--check")
        #expect(store.code == 3 && store.lines.count == 1 && store.errors == "", "\(store.words)")
    }

    @Test("options that do not go together are 64")
    func usage() throws {
        let station = try Station()
        for options in [
            ["--warning", "1h"], ["--check", "--json"], ["--check", "--warning", "2d"],
            ["--check", "--warning", "2h", "--critical", "1h"],
        ] {
            #expect(try station.run(["status"] + options).code == 64, "\(options)")
        }
        for options in [["--cron", "--json"], ["--cron", "--dry-run"]] {
            #expect(try station.run(["sync"] + options).code == 64, "\(options)")
        }
    }
}
