import Glibc
import Testing

@Suite("The last line of sync --json")
struct LastLineTests {
    /// That the run ended with the code, and its only line tells of it.
    private func expectAlone(
        _ outcome: Outcome,
        endsWith code: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let lines = try outcome.decoded(SyncLine.self)
        let comment = Comment(rawValue: outcome.words)
        #expect(outcome.code == code, comment, sourceLocation: sourceLocation)
        #expect(lines.map(\.schema) == ["arm-sync.sync/1"], comment, sourceLocation: sourceLocation)
        #expect(lines.map(\.exit_code) == [code], comment, sourceLocation: sourceLocation)
        #expect(lines.map(\.requests) == [0], comment, sourceLocation: sourceLocation)
    }

    /// Does something while a run of that station hangs.
    private func whileSyncing(
        _ station: Station,
        _ server: SampleServer,
        _ body: () throws -> Void
    ) throws {
        try server.set(faults: "hang@read")
        let sync = try station.start("sync", "-a", "hodor")
        try eventually("it reads") { try !server.requests().isEmpty }
        try body()
        sync.signal(SIGTERM)
        #expect(try sync.wait().code == 143)
    }

    @Test("is there while another sync is running, waited for or not")
    func busy() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try whileSyncing(station, server) {
            try expectAlone(station.run("sync", "--json"), endsWith: 75)
            try expectAlone(station.run("pull", "--json"), endsWith: 75)
            try expectAlone(station.run("sync", "--json", "--wait", "1ms"), endsWith: 75)
        }
    }

    /// Whether the process has taken SIGTERM over from the system.
    private func catchesTermination(_ station: Station, _ id: pid_t) throws -> Bool {
        let lines = try station.contents("/proc/\(id)/status").split(separator: "\n")
        let caught = lines.first { $0.hasPrefix("SigCgt:") }?.dropFirst("SigCgt:\t".count)
        return caught.flatMap { UInt64($0, radix: 16) }.map { $0 & 1 << (SIGTERM - 1) != 0 }
            ?? false
    }

    @Test("is there when a signal ends the wait for another sync")
    func signalWhileWaiting() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try whileSyncing(station, server) {
            let waiting = try station.start("sync", "--json", "--wait", "1h")
            try eventually("it heeds signals") { try catchesTermination(station, waiting.id) }
            waiting.signal(SIGTERM)
            try expectAlone(waiting.wait(within: .seconds(20)), endsWith: 143)
        }
    }

    @Test("is there where the configuration or the address cannot be used")
    func misconfigured() throws {
        let station = try Station()
        try expectAlone(station.run("sync", "--json"), endsWith: 78)
        try expectAlone(station.run("sync", "--json", "--config", "/not/there"), endsWith: 78)
        let address = ["--server", "switch:port", "--domain", Station.domain]
        try expectAlone(station.run(["sync", "--json"] + address), endsWith: 78)
        try station.write("{", to: "config.json")
        try expectAlone(station.run("sync", "--json"), endsWith: 78)
        try expectAlone(station.run("sync", "--json", "--dry-run"), endsWith: 78)
    }

    @Test("is there where the state directory cannot be used")
    func noStore() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try station.write("no directory", to: "state")
        try expectAlone(station.run("sync", "--json"), endsWith: 74)
    }

    @Test("is there where nothing is due, and where there is nothing at all")
    func nothing() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil, agent: nil)
        try expectAlone(station.run("sync", "--json"), endsWith: 0)
        #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "102").code == 0)
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try station.sync("--if-due") == (0, "skipped", 0))
    }

    @Test("has the code of credentials that are turned away or cannot be had")
    func credentials() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try server.set(faults: "401*forever")
        #expect(try station.sync().code == 77)
        let failing = #""credentials": {"type": "command", "command": "exit 127"}"#
        let other = try Station(server, settings: failing)
        #expect(try other.sync().code == 78)
    }

    @Test("is missing only where the arguments themselves are wrong")
    func usage() throws {
        let outcome = try Station().run("sync", "--json", "--wait", "soon")
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty, "\(outcome.words)")
    }
}
