import Glibc
import Testing

@Suite("sync --cron: what a mailbox gets to see")
struct CronTests {
    /// Every try is due again at once.
    private static let impatient =
        #""backoff": {"base": "1ms", "cap": "1ms", "refused_base": "1ms", "refused_cap": "1ms"}"#

    /// Runs a cron job that many times; everything it would have mailed, and its exit codes.
    private func mail(
        _ station: Station,
        runs: Int,
        _ more: String...
    ) throws -> (lines: [String], codes: Set<Int32?>) {
        var (text, codes): (String, Set<Int32?>) = ("", [])
        for _ in 0..<runs {
            let outcome = try station.run(["sync", "--cron"] + more)
            #expect(outcome.output == "", "\(outcome.words)")
            text += outcome.errors
            codes.insert(outcome.code)
        }
        return (text.split(separator: "\n").map(String.init), codes)
    }

    /// The first lines of paragraphs.
    private func heads(_ lines: [String]) -> [String] {
        lasting(lines.filter { !$0.hasPrefix(" ") })
    }

    /// Lines with what changes from run to run left out.
    private func lasting(_ lines: [String]) -> [String] {
        lines.map { line in
            line.replacing(/20\d\d-\d\d-\d\d \d\d:\d\d UTC/, with: "T")
                .replacing(/(http|ws):\/\/127.0.0.1:\d+/, with: "URL")
        }
    }

    @Test("thirty runs through offline, refusals and recovery are two lines and their reasons")
    func thirtyRuns() throws {
        let server = try SampleServer(isUp: false)
        let station = try Station(server, settings: Self.impatient)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try mail(station, runs: 10) == ([], [0]))

        try server.start()
        try server.set(faults: "refuse@save*forever")
        #expect(try mail(station, runs: 4) == ([], [0]))
        let fifth = try mail(station, runs: 1)
        #expect(heads(fifth.lines) == ["arm-sync: hodor / 102: refused, since T"])
        #expect(lasting(fifth.lines).contains("    1 edit waits, the oldest since T."))
        #expect(fifth.lines.last == "      arm-sync sync -a hodor -g 102   try at once")
        #expect(fifth.codes == [1])
        #expect(try mail(station, runs: 5) == ([], [1]))

        try server.clearFaults()
        let recovery = try mail(station, runs: 10)
        #expect(
            heads(recovery.lines)
                == ["arm-sync: hodor / 102: no longer refused; the trouble began T"]
        )
        #expect(recovery.lines.count == 1 && recovery.codes == [0])
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("what was refused is not over because nothing could be tried")
    func undecided() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: Self.impatient)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "refuse@save*forever")
        #expect(try heads(mail(station, runs: 6).lines).count == 1)
        #expect(try station.run("retry").code == 0)
        try server.stop()
        #expect(try mail(station, runs: 3).lines == [])
        try server.start()
        try server.set(faults: "refuse@save*2")
        #expect(try mail(station, runs: 2).lines == [])
        let over = try mail(station, runs: 2)
        #expect(
            heads(over.lines)
                == ["arm-sync: hodor / 102: no longer refused; the trouble began T"]
        )
    }

    @Test("what fails for longer than warn_after is said once, needs nobody, and its end is told")
    func warning() throws {
        let server = try SampleServer(isUp: false)
        let station = try Station(server, settings: Self.impatient + #", "warn_after": "1ms""#)
        #expect(try station.run("set", "/a", "1").code == 0)
        let offline = try mail(station, runs: 5)
        #expect(heads(offline.lines) == ["arm-sync: URL: offline, since T"])
        #expect(offline.lines.contains { $0.contains("Nothing listens at") }, "\(offline.lines)")
        #expect(offline.codes == [0])
        try server.start()
        let back = try mail(station, runs: 3)
        #expect(
            heads(back.lines) == ["arm-sync: the switch answers again; the trouble began T"]
        )
        #expect(back.codes == [0])
    }

    @Test("a conflict is told once, with what to type, and 1 is the exit code until it is settled")
    func conflict() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: Self.impatient)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try mail(station, runs: 2) == ([], [0]))
        #expect(try station.run("set", "/a", "2").code == 0)
        try server.put(#"{"a":9}"#)
        let found = try mail(station, runs: 3)
        #expect(heads(found.lines) == ["arm-sync: hodor / 102: conflict, since T"])
        let advice = "      arm-sync resolve --all --mine -a hodor -g 102     save what is here"
        #expect(found.lines.contains(advice), "\(found.lines)")
        #expect(found.codes == [1])
        // What a person types meanwhile does not make it news again.
        #expect(try station.run("sync").code == 1)
        #expect(try station.run("status").code == 0)
        #expect(try mail(station, runs: 2) == ([], [1]))
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        let settled = try mail(station, runs: 3)
        #expect(
            heads(settled.lines)
                == ["arm-sync: hodor / 102: the conflict is settled; the trouble began T"]
        )
        #expect(settled.codes == [0])
    }

    @Test("credentials that are not accepted are told once and end with 77")
    func credentials() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "401@any*forever")
        let rejected = try mail(station, runs: 4)
        #expect(heads(rejected.lines) == ["arm-sync: URL: credentials not accepted, since T"])
        #expect(rejected.codes == [77])
        // Not asked again before an hour has passed.
        #expect(try server.tries() == 1)
        // What a captive portal says tells nothing about them.
        try server.clearFaults()
        try server.set(faults: "garbage@any*forever")
        #expect(try station.run("retry").code == 0)
        #expect(try mail(station, runs: 1).lines == [])
        try server.clearFaults()
        #expect(try station.run("sync").code == 0)
        #expect(try mail(station, runs: 2).lines.count == 1)
    }

    @Test("a mistake in the configuration is told once, another one again, and its end")
    func configuration() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        let right = try station.contents("\(station.home)/config.json")
        try station.write(right.replacing("{", with: #"{"sever": "x", "#), to: "config.json")
        let first = try mail(station, runs: 3)
        #expect(first.codes == [78])
        #expect(heads(first.lines).count == 1 && first.lines[0].contains("sever"), "\(first.lines)")
        try station.write("{", to: "config.json")
        let second = try mail(station, runs: 3)
        #expect(second.codes == [78])
        #expect(heads(second.lines).count == 1, "\(second.lines)")
        try station.write(right, to: "config.json")
        let end = try mail(station, runs: 3)
        #expect(
            heads(end.lines)
                == ["arm-sync: the configuration is right again; the trouble began T"]
        )
        #expect(end.codes == [0])
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("many documents with one reason are one paragraph")
    func many() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil, agent: nil)
        for agent in 1...8 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(agent)").code == 0)
            try server.put(#"{"a":9}"#, "hodor", "\(agent)")
        }
        let found = try mail(station, runs: 2)
        #expect(heads(found.lines) == ["arm-sync: 8 documents: conflict, since T"])
        #expect(found.lines.count < 6, "\(found.lines)")
        // One line of a crontab looks at one document, and forgets none of the others.
        #expect(try mail(station, runs: 2, "-a", "hodor", "-g", "1") == ([], [1]))
        for agent in 1...8 {
            let flags = ["-a", "hodor", "-g", "\(agent)"]
            #expect(try station.run(["resolve", "--all", "--mine"] + flags).code == 0)
        }
        let settled = try mail(station, runs: 2)
        #expect(heads(settled.lines) == ["arm-sync: 8 documents: the conflict is settled"])
    }

    @Test("while another sync is running it is silent and 0, and a lost memory says it once more")
    func busyAndForgetful() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.put(#"{"a":9}"#)
        try server.set(faults: "hang@read")
        let running = try station.start("sync")
        try eventually("the running one reads") { try !server.requests().isEmpty }
        #expect(try mail(station, runs: 2) == ([], [0]))
        running.signal(SIGTERM)
        _ = try running.wait()
        #expect(try mail(station, runs: 2).lines.count > 1)
        #expect(try station.shell("rm \(station.state)/server.json").code == 0)
        #expect(try heads(mail(station, runs: 2).lines).count == 1)
    }

    @Test(
        "with nothing due there is no request, no libcurl, and nothing is written but the lock",
        .enabled(if: Privilege.canTrace)
    )
    func nothingDue() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try mail(station, runs: 1) == ([], [0]))
        try server.forgetRequests()
        let trace = "\(station.home)/trace"
        let outcome = try ChildProcess(
            "/usr/bin/strace",
            [
                "-f", "-o", trace, "-e", "trace=openat,socket,rename",
                Products.path(of: "arm-sync"), "sync", "--cron",
            ],
            environment: station.environment
        ).wait()
        #expect(outcome.code == 0 && outcome.errors == "", "\(outcome.words)")
        let calls = try station.contents(trace).split(separator: "\n")
        #expect(calls.filter { $0.contains("journal.jsonl") }.count == 1)
        #expect(!calls.contains { $0.contains("libcurl") || $0.contains("socket(") })
        #expect(!calls.contains { $0.contains("rename") })
        #expect(try server.tries() == 0)
    }

    @Test(
        "a full disk is told once and once more when there is room, though nothing could be stored",
        .enabled(if: Privilege.canMount, "needs root and mount, for a small file system")
    )
    func fullDisk() throws {
        let server = try SampleServer()
        let station = try Station(server, settings: Self.impatient)
        let mount = try SmallFileSystem(at: station.home + "/small", size: "256k")
        station.environment["ARM_SYNC_STATE_DIR"] = mount.path + "/state"
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try mail(station, runs: 1) == ([], [0]))
        _ = try station.shell("dd if=/dev/zero of=\(mount.path)/filler bs=1k 2>/dev/null")
        // The journal's last page has room for it, the file for other programs has none.
        #expect(try station.run("set", "/a", "2").code == 0)

        let full = try mail(station, runs: 4)
        #expect(heads(full.lines) == ["arm-sync: hodor / 102: the local store failed, since T"])
        #expect(full.codes == [74])
        #expect(try server.document() == #"{"a":2}"#)

        #expect(try station.shell("rm \(mount.path)/filler").code == 0)
        let recovery = try mail(station, runs: 3)
        #expect(
            recovery.lines.count == 1
                && heads(recovery.lines) == [
                    "arm-sync: hodor / 102: the local store works again; the trouble began T"
                ]
        )
        #expect(recovery.codes == [0])
    }

    @Test("a damaged journal is told once")
    func damaged() throws {
        let server = try SampleServer()
        let station = try Station(server)
        for value in 1...3 { #expect(try station.run("set", "/a", "\(value)").code == 0) }
        let journal = "\(station.folder())/journal.jsonl"
        #expect(try station.shell("sed -i '2s/./X/5' \(journal)").code == 0)
        let found = try mail(station, runs: 3)
        #expect(heads(found.lines) == ["arm-sync: hodor / 102: its journal is damaged, since T"])
        #expect(found.codes == [1])
    }
}
