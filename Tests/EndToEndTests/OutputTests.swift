import Foundation
import Testing

@Suite("What is said, and where")
struct OutputTests {
    /// A station in conflict over one document and with an edit in another: something to say for
    /// every command.
    private func busyStation() throws -> (SampleServer, Station) {
        let server = try SampleServer()
        let station = try Station(server)
        guard try station.run("set", "/a", "1").code == 0, try station.sync().code == 0,
            try station.run("set", "/a", "2").code == 0
        else { throw Unexpected(description: "no first sync") }
        try server.put(#"{"a":"theirs"}"#)
        guard try station.sync().code == 1 else { throw Unexpected(description: "no conflict") }
        return (server, station)
    }

    static let commands: [[String]] = [
        ["get"], ["get", "/a"], ["get", "/a", "--raw"], ["set", "/c", "3"], ["set", "/c", "3"],
        ["unset", "/c"], ["diff"], ["outbox"], ["sync"], ["pull"], ["status"], ["conflicts"],
        ["conflicts", "list"], ["conflicts", "show"], ["retry"], ["rebind"],
        ["resolve", "--all", "--theirs"], ["resolve", "--all", "--theirs"], ["sync"], ["conflicts"],
    ]

    @Test("with --json standard output is JSON and nothing else, whatever the command")
    func pureJSON() throws {
        let (_, station) = try busyStation()
        let name = #"{"text":"with \"quotes\"","a":1}"#
        #expect(try station.run("set", "/name", name).code == 0)
        for command in Self.commands + [["get", "/name/text", "--raw"]] {
            let outcome = try station.run(command + ["--json"])
            for line in outcome.lines {
                #expect(throws: Never.self, "\(command): \(line)") {
                    try JSONSerialization.jsonObject(
                        with: Data(line.utf8),
                        options: .fragmentsAllowed
                    )
                }
            }
            #expect(outcome.code != nil, "\(command): \(outcome.words)")
        }
    }

    @Test("the patch and the import of --json say what was stored")
    func editsAsJSON() throws {
        let station = try Station()
        let stored =
            #"{"application_id":"hodor","agent_id":"102","stored":true,"pending_edits":1}"# + "\n"
        #expect(try station.run("import", "-", "--json", input: #"{"a":1}"#).output == stored)
        let again = try station.run("patch", "-", "--json", input: "[]")
        #expect(again.output == stored.replacing("true", with: "false"))
    }

    @Test("--quiet leaves results and errors")
    func quiet() throws {
        let (_, station) = try busyStation()
        for command in [["set", "/c", "3"], ["sync"], ["retry"], ["resolve", "--all", "--mine"]] {
            let outcome = try station.run(command + ["--quiet"])
            #expect(outcome.output == "" && outcome.errors == "", "\(command): \(outcome.words)")
        }
        #expect(try station.run("get", "/a", "--quiet").output == "2\n")
        #expect(try station.run("get", "/none", "--quiet").errors != "")
    }

    @Test("colours come with always, and never by themselves in a pipe")
    func colours() throws {
        let (_, station) = try busyStation()
        #expect(try !station.run("status").output.contains("\u{1B}"))
        #expect(try station.run("status", "--color", "always").output.contains("\u{1B}[1;31m"))
        #expect(try station.run("status", "--color", "purple").code == 64)
        let terminal = "script -qec 'arm-sync status' /dev/null"
        station.environment["TERM"] = "xterm"
        #expect(try station.shell(terminal).output.contains("\u{1B}[1;31m"))
        station.environment["NO_COLOR"] = "1"
        #expect(try !station.shell(terminal).output.contains("\u{1B}"))
        #expect(try station.run("status", "--color", "always").output.contains("\u{1B}"))
    }

    @Test("output that cannot be written is 74, not a success")
    func fullOutput() throws {
        let (_, station) = try busyStation()
        for command in ["get", "status", "diff", "outbox", "conflicts", "sync", "set /x 1"] {
            let outcome = try station.shell("arm-sync \(command) >/dev/full")
            #expect(outcome.code == 74, "\(command): \(outcome.words)")
            #expect(outcome.errors.contains("could not be written"), "\(outcome.errors)")
        }
        // The edit itself was stored.
        #expect(try station.local("/x") == "1")
    }

    @Test("a reader that leaves early ends the command without a word")
    func closedPipe() throws {
        let station = try Station()
        let text = String(repeating: "x", count: 1 << 20)
        #expect(try station.run("set", "/big", "-", input: "\"\(text)\"").code == 0)
        let outcome = try station.shell("arm-sync get | head -c 5 >/dev/null")
        #expect(outcome.errors == "", "\(outcome.errors)")
        // Where whoever started it ignores SIGPIPE, there is an error to see instead.
        let ignored = try station.shell(
            "trap '' PIPE; { arm-sync get; echo \"code $?\" >&2; } | head -c 5 >/dev/null"
        )
        #expect(ignored.errors.contains("code 74"), "\(ignored.errors)")
        #expect(!ignored.errors.contains("Fatal"), "\(ignored.errors)")
    }

    @Test("a non-blocking output is waited for, and gets everything")
    func nonBlocking() throws {
        let station = try Station()
        let text = String(repeating: "x", count: 1 << 20)
        #expect(try station.run("set", "/big", "-", input: "\"\(text)\"").code == 0)
        let get = try ChildProcess(
            Products.path(of: "arm-sync"),
            ["get", "/big", "--raw"],
            environment: station.environment,
            isNonBlocking: true
        )
        let outcome = try get.wait()
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.bytes.count == text.utf8.count + 1)
    }

    @Test("closed standard streams are never mistaken for the journal")
    func closedStreams() throws {
        let station = try Station()
        for streams in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", "<&- >&- 2>&-"] {
            let outcome = try station.shell("arm-sync set /k '\"\(streams)\"' \(streams)")
            #expect(outcome.code == (streams.contains(" >") || streams.hasPrefix(">") ? 74 : 0))
            #expect(try station.local("/k") == "\"\(streams)\"")
        }
        let journal = try station.contents("\(station.folder())/journal.jsonl")
        #expect(!journal.contains("Stored"))
        #expect(try station.shell("find \"$HOME\" -name '*torn*'").output == "")
    }

    @Test("a server's words reach the screen without controls")
    func controls() throws {
        let server = try SampleServer()
        let station = try Station(server)
        try server.put("<evil>\u{9B}31m &#x85; red</evil>", isXML: true)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("set", "/a", "1", "-g", "other").code == 0)
        try server.set(faults: "refuse:bad\u{9B}31mcode@save*forever")
        let commands = [
            ["sync"], ["sync", "--verbose"], ["status"], ["status", "--verbose"], ["conflicts"],
            ["conflicts", "show"], ["diff"], ["status", "--json"],
        ]
        for command in commands {
            let outcome = try station.run(command)
            let controls = (outcome.output + outcome.errors).unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(controls.isEmpty, "\(command): \(outcome.words.debugDescription)")
        }
    }
}
