import Foundation
import Testing

@Suite("sync --dry-run")
struct DryRunTests {
    /// Every file and folder of the state: name, kind, times of change, contents.
    private func files(_ station: Station) throws -> String {
        try station.shell(
            """
            cd "$HOME" && find . -path './input*' -prune -o -printf '%p %y %m %T@ %C@ %s\\n' | sort
            find . -type f -exec cksum {} + | sort
            """
        ).output
    }

    private func expectDryRun(
        _ station: Station,
        _ server: SampleServer,
        code: Int32,
        word: String,
        says words: String
    ) throws {
        let before = try files(station)
        let stored = try server.document()
        let outcome = try station.run("sync", "--dry-run", "--json")
        #expect(outcome.code == code, "\(outcome.words)")
        #expect(outcome.lines.first?.contains(#""result":"\#(word)""#) == true, "\(outcome.words)")
        #expect(outcome.lines.allSatisfy { $0.contains(#""dry_run":true"#) }, "\(outcome.words)")
        let text = try station.run("sync", "--dry-run").output
        #expect(text.contains(words), "\(text)")
        #expect(try files(station) == before)
        #expect(try server.document() == stored)
        #expect(try !server.requests().contains(where: \.isSave))
    }

    @Test("tells what would be saved, and touches nothing")
    func saving() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("set", "/b", "1").code == 0)
        try expectDryRun(station, server, code: 0, word: "saved", says: "would be saved, 2 edits")
        #expect(try station.document().state == "pending")
    }

    @Test("tells what would be taken over, and makes no state directory for it")
    func taking() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try server.put(#"{"theirs":1}"#)
        try expectDryRun(station, server, code: 0, word: "merged", says: "would be taken over")
        #expect(!FileManager.default.fileExists(atPath: station.state))
    }

    @Test("tells of a conflict, of failures, and leaves no backoff behind")
    func trouble() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.put(#"{"a":"theirs"}"#)
        try expectDryRun(station, server, code: 1, word: "conflict", says: "conflict")
        #expect(try station.document().state == "pending")
        try server.set(faults: "status:500@read*forever")
        try expectDryRun(station, server, code: 75, word: "transient", says: "not now")
        #expect(try station.document().last_error == nil)
    }

    @Test("goes beside a sync that is running")
    func beside() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@read")
        let running = try station.start("sync")
        try eventually("it reads") { try !server.requests().isEmpty }
        #expect(try station.sync("--dry-run") == (0, "saved", 3))
        running.signal(SIGKILL)
        _ = try running.wait()
    }
}
