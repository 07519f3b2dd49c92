import Foundation
import Glibc
import Testing

@Suite("on_attention: the command that brings news to a person")
struct AttentionTests {
    /// What the command was told, one line a run of it.
    private struct News: Decodable, Equatable {
        struct Entry: Decodable, Equatable {
            var application_id: String?
            var agent_id: String?
            var cause: String
            var subject: String?
            var title: String
            var needs_person: Bool?
            var places: [String]?
            var commands: [[String: String]]?
        }

        var schema: String
        var new: [Entry]
        var over: [Entry]
    }

    private static let impatient =
        #""backoff": {"base": "1ms", "cap": "1ms", "refused_base": "1ms", "refused_cap": "1ms"}"#

    private func station(
        _ server: SampleServer,
        command: String = #"cat >> $HOME/told"#,
        settings: String = impatient
    ) throws -> Station {
        let words = try String(decoding: JSONEncoder().encode(command), as: UTF8.self)
        return try Station(server, settings: settings + ", \"on_attention\": \(words)")
    }

    private func told(_ station: Station) throws -> [News] {
        guard let text = try? station.contents("\(station.home)/told") else { return [] }
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(News.self, from: Data($0.utf8))
        }
    }

    /// Leaves the station with an edit that the server's document contradicts.
    private func makeConflict(_ station: Station, _ server: SampleServer) throws {
        #expect(try station.run("set", "/a", #""mine-canary""#).code == 0)
        try server.put(#"{"a":"theirs-canary"}"#)
    }

    @Test("a conflict calls it once over five runs of all kinds, and once more when it is settled")
    func once() throws {
        let server = try SampleServer()
        let station = try station(server)
        #expect(try station.run("sync").code == 0)
        try makeConflict(station, server)
        #expect(try station.run("sync", "--dry-run").code == 1)
        #expect(try told(station).isEmpty)
        var mails: [String] = []
        for command in [["sync"], ["sync", "--cron"], ["pull"], ["sync", "--cron"], ["sync"]] {
            let outcome = try station.run(command)
            #expect(outcome.code == 1, "\(outcome.words)")
            mails.append(outcome.errors)
        }
        // Whoever is told in one way is still told in the other, there too once.
        #expect(mails.filter { !$0.isEmpty }.count == 1, "\(mails)")
        #expect(mails[1].hasPrefix("arm-sync: hodor / 102: conflict, since"), "\(mails)")
        let first = try #require(try told(station).first)
        #expect(try told(station).count == 1)
        #expect(first.schema == "arm-sync.attention/1" && first.over.isEmpty)
        let entry = try #require(first.new.first)
        #expect(first.new.count == 1 && entry.application_id == "hodor" && entry.agent_id == "102")
        #expect(entry.cause == "conflict" && entry.needs_person == true, "\(entry)")
        #expect(entry.places?.isEmpty == false, "\(entry)")
        #expect(entry.commands?.first?["command"] == "arm-sync conflicts show -a hodor -g 102")

        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        for command in [["sync"], ["sync", "--cron"], ["pull"]] {
            #expect(try station.run(command).code == 0)
        }
        let last = try #require(try told(station).last)
        #expect(try told(station).count == 2)
        #expect(last.new.isEmpty && last.over.map(\.cause) == ["conflict"])
        #expect(last.over.first?.title == "the conflict is settled")
        #expect(try !station.contents("\(station.home)/told").contains("canary"))
    }

    @Test("an unattended run that notices first calls it, too, with nothing else due")
    func unattended() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try makeConflict(station, server)
        #expect(try station.run("sync", "--cron").code == 1)
        // Set up only now, it is told of what has been known for long.
        station.environment["ARM_SYNC_CONFIG"] = try station.write(
            try station.contents("\(station.home)/config.json")
                .replacing("{", with: #"{"on_attention": "cat >> $HOME/told", "#),
            to: "other.json"
        )
        try server.forgetRequests()
        for _ in 1...2 {
            let outcome = try station.run("sync", "--cron")
            #expect(outcome.code == 1 && outcome.errors == "", "\(outcome.words)")
        }
        #expect(try server.tries() == 0)
        #expect(try told(station).map { $0.new.map(\.cause) } == [["conflict"]])
    }

    @Test(
        "one that cannot do it harms nothing; it is said once, and what it missed is told later",
        arguments: [
            ("echo no one home >&2; exit 3", "ended with exit code 3: no one home"),
            ("head -c 1000000 /dev/zero", "wrote more than 64 KiB"),
            ("exec /nowhere/at/all", "could not be run; check \"on_attention\""),
            ("kill -9 $$", "was ended by signal 9"),
        ]
    )
    func failing(command: String, says: String) throws {
        let server = try SampleServer()
        let station = try station(
            server,
            command: "if test -e $HOME/well; then cat >> $HOME/told; else \(command); fi"
        )
        try makeConflict(station, server)
        let first = try station.run("sync")
        #expect(first.code == 1, "\(first.words)")
        let said = "arm-sync: the command of \"on_attention\" \(says)"
        #expect(first.errors.hasPrefix(said) && first.errors.filter(\.isNewline).count == 1)
        #expect(first.output.contains("conflict"), "\(first.words)")
        #expect(try station.run("sync").errors == "")
        let mails = try (1...3).map { _ in try station.run("sync", "--cron").errors }
        #expect(mails[0].contains("arm-sync: on_attention: "), "\(mails)")
        #expect(mails.dropFirst() == ["", ""], "\(mails)")
        #expect(try station.run("set", "/b", "2").code == 0)

        try station.write("", to: "well")
        #expect(try station.run("retry").code == 0)
        #expect(try station.run("sync", "--cron").errors == "")
        #expect(try told(station).map { $0.new.map(\.cause) } == [["conflict"]])
        let end = try station.run("sync", "--cron")
        #expect(end.errors.contains("the command of on_attention works again"), "\(end.words)")
        #expect(end.code == 1)
        #expect(try station.run("sync", "--cron").errors == "")
        #expect(try told(station).count == 1)
    }

    @Test("one that hangs keeps no other sync waiting, and is ended by a signal to its run")
    func hanging() throws {
        let server = try SampleServer()
        let station = try station(
            server,
            command: "echo $$ > $HOME/running; tail -f /dev/null & tail -f /dev/null"
        )
        try makeConflict(station, server)
        let running = try station.start("sync")
        let file = "\(station.home)/running"
        try eventually("the command runs") { (try? station.contents(file))?.isEmpty == false }
        let other = try station.run("sync")
        #expect(other.code == 1 && other.errors == "", "\(other.words)")
        running.signal(SIGTERM)
        // The run was over, and its exit code said.
        #expect(try running.wait().code == 1)
        let group = try #require(
            try Int32(station.contents(file).trimmingCharacters(in: .whitespacesAndNewlines))
        )
        try eventually("nothing of it is left") { kill(-group, 0) != 0 }
        // What it did not get to tell is told by the next run.
        station.environment["ARM_SYNC_CONFIG"] = try station.write(
            try station.contents("\(station.home)/config.json")
                .replacing(/"on_attention": ".*"/, with: #""on_attention": "cat >> $HOME/told""#),
            to: "other.json"
        )
        #expect(try station.run("sync").code == 1)
        #expect(try told(station).map { $0.new.map(\.cause) } == [["conflict"]])
    }

    @Test("a run about one document tells of it, and takes no other's news for over")
    func chosen() throws {
        let server = try SampleServer()
        let station = try station(server)
        try makeConflict(station, server)
        #expect(try station.run("sync").code == 1)
        #expect(try station.run("set", "/a", "1", "-g", "103").code == 0)
        #expect(try station.run("sync", "-g", "103").code == 0)
        #expect(try station.run("sync", "--cron", "-g", "103").code == 0)
        #expect(try told(station).count == 1)
    }

    private static let hasTools = ["/usr/bin/jq", "/bin/jq"]
        .contains { FileManager.default.isExecutableFile(atPath: $0) }

    @Test("the sample for the desktop shows both", .enabled(if: hasTools, "needs jq"))
    func desktop() throws {
        let shown = try play("notify-desktop", program: "notify-send")
        #expect(
            shown.contains("[--urgency=critical][--][hodor / 102: conflict]["),
            "\(shown)"
        )
        #expect(shown.contains("arm-sync conflicts show -a hodor -g 102]"), "\(shown)")
        #expect(
            shown.contains("[--urgency=low][--][hodor / 102: the conflict is settled][]"),
            "\(shown)"
        )
        #expect(shown.contains("bus=unix:path=/run/user/\(getuid())/bus"), "\(shown)")
    }

    @Test("the sample for a mail sends both", .enabled(if: hasTools, "needs jq"))
    func mail() throws {
        let sent = try play("send-mail", "operators@example.org", program: "sendmail")
        #expect(sent.contains("[-oi][-t]"), "\(sent)")
        #expect(sent.contains("To: operators@example.org\nSubject: arm-sync on "), "\(sent)")
        #expect(sent.contains(": 1 new, 0 over\n"), "\(sent)")
        #expect(sent.contains("\n\nhodor / 102: conflict, since 20"), "\(sent)")
        #expect(sent.contains("arm-sync resolve --all --mine -a hodor -g 102"), "\(sent)")
        #expect(sent.contains("\nhodor / 102: the conflict is settled; the trouble"), "\(sent)")
    }

    /// Makes and settles a conflict with a sample as the command, and a program in the path that
    /// writes down what it is started with.
    private func play(_ sample: String, _ arguments: String..., program: String) throws -> String {
        let server = try SampleServer()
        let words = try JSONEncoder().encode([Products.sample("attention/\(sample)")] + arguments)
        let station = try Station(
            server,
            settings: "\"on_attention\": \(String(decoding: words, as: UTF8.self))"
        )
        let stand = """
            #!/bin/sh
            { printf '[%s]' "$@"; echo " bus=${DBUS_SESSION_BUS_ADDRESS-}"
              if [ "${0##*/}" = sendmail ]; then cat; fi; } >> "$HOME/shown"
            """
        let path = try station.write(stand + "\n", to: program)
        #expect(chmod(path, 0o755) == 0)
        station.environment["PATH"] = "\(station.home):\(Products.directory):/usr/bin:/bin"
        try makeConflict(station, server)
        let held = try station.run("sync")
        #expect(held.code == 1 && held.errors == "", "\(held.words)")
        #expect(try station.run("resolve", "--all", "--mine").code == 0)
        let settled = try station.run("sync")
        #expect(settled.code == 0 && settled.errors == "", "\(settled.words)")
        return try station.contents("\(station.home)/shown")
    }
}
