import Foundation
import Testing

@Suite("Editing in an editor", .onceForBothTransports)
struct EditorTests {
    /// A station with a document and an editor that runs those lines of shell, the file in `$1`.
    private func station(_ lines: String, document: String = #"{"a":1,"l":[1,2]}"#) throws
        -> Station
    {
        let station = try Station()
        #expect(try station.run("import", "-", input: document).code == 0)
        #expect(try station.shell("mkdir \"$HOME/tmp\"").code == 0)
        station.environment["TMPDIR"] = "\(station.home)/tmp"
        try editor(lines, of: station)
        return station
    }

    private func editor(_ lines: String, of station: Station) throws {
        // Read by a shell, not started: another test that starts a program just then would keep the
        // file open for writing, and such a file cannot be started.
        station.environment["EDITOR"] = "sh " + (try station.write(lines, to: "editor"))
    }

    /// What is left of files for editors.
    private func leftovers(of station: Station) throws -> [String] {
        try station.shell("find \"$HOME/tmp\" -type f").lines
    }

    @Test("stores the difference, in a file nobody else can read, and leaves nothing behind")
    func story() throws {
        let station = try station(
            #"""
            stat -c '%a' "$1" "$(dirname "$1")"
            cat "$1"
            sed -i 's/1,/5,/' "$1"; touch "$1~"
            """#,
            document: #"{"a":1,"b":2}"#
        )
        let outcome = try station.run("edit")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.hasPrefix("600\n700\n{\n  \"a\": 1,\n  \"b\": 2\n}\n"))
        #expect(try station.local() == #"{"a":5,"b":2}"#)
        #expect(try station.run("outbox").output.contains("/a"))
        #expect(try station.shell("ls \"$HOME/tmp\"").output == "")
    }

    @Test("with --json leaves standard output to the result")
    func json() throws {
        let station = try station("echo drawing; sed -i 's/1,/5,/' \"$1\"")
        let outcome = try station.run("edit", "--json")
        #expect(outcome.lines.count == 1 && outcome.output.contains(#""stored":true"#))
        #expect(outcome.errors == "drawing\n")
    }

    @Test("takes an editor with arguments, and one whose path has spaces")
    func arguments() throws {
        let station = try station(#"[ "$1" = --wait ] && sed -i 's/"a": 1/"a": 5/' "$2""#)
        let move = "mkdir \"$HOME/an editor\" && mv \"$HOME/editor\" \"$HOME/an editor/e\""
        #expect(try station.shell(move).code == 0)
        station.environment["VISUAL"] = "sh '\(station.home)/an editor/e' --wait"
        #expect(try station.run("edit").code == 0)
        #expect(try station.local("/a") == "5")
    }

    @Test("says that nothing changed")
    func unchanged() throws {
        let outcome = try station("true").run("edit")
        #expect(outcome.code == 0 && outcome.output.contains("nothing to store"))
    }

    @Test("stores nothing where the editor failed", arguments: ["exit 3", "kill -9 $$"])
    func failed(end: String) throws {
        let station = try station(end)
        let outcome = try station.run("edit")
        #expect(outcome.code == 65 && outcome.errors.contains("nothing was stored"))
        #expect(try leftovers(of: station) == [])
        // What was typed before it failed is worth keeping.
        try editor("echo typed > \"$1\"; \(end)", of: station)
        let again = try station.run("edit")
        let kept = try #require(try leftovers(of: station).first)
        #expect(again.code == 65 && again.errors.contains(kept))
        #expect(try station.document().pending_edits == 1)
    }

    @Test("keeps a text that is no JSON, and names the line and where it is")
    func syntax() throws {
        let station = try station(#"printf '{\n "a": 1,\n "b" 2\n}' > "$1""#)
        let outcome = try station.run("edit")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("line 3, column 6"), "\(outcome.errors)")
        let kept = try #require(try leftovers(of: station).first)
        #expect(outcome.errors.contains(kept))
        #expect(try station.contents(kept).contains(#""b" 2"#))
        #expect(try station.local("/a") == "1")
    }

    @Test(
        "offers to edit a broken text again on a terminal",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))
    )
    func again() throws {
        let station = try station(
            #"if grep -q broken "$1"; then echo '{"a":7}' > "$1"; else echo broken > "$1"; fi"#
        )
        let outcome = try station.shell("echo y | script -qec 'arm-sync edit' /dev/null")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.contains("Edit again?"))
        #expect(try station.local() == #"{"a":7}"#)
        #expect(try leftovers(of: station) == [])
    }

    @Test("applies to what the document is when the editor ends, which holds no lock")
    func meanwhile() throws {
        let station = try station(#"arm-sync set /z 9 >&2 && sed -i 's/"a": 1/"a": 5/' "$1""#)
        #expect(try station.run("edit").code == 0)
        #expect(try station.local() == #"{"a":5,"l":[1,2],"z":9}"#)
    }

    @Test(
        "does not overwrite what was changed at the same place meanwhile",
        arguments: ["arm-sync set /a 8", "arm-sync set /l/0 8", "arm-sync set /l/- 3"]
    )
    func moved(rival: String) throws {
        let station = try station("\(rival) >&2; echo '{\"a\":5,\"l\":[1,4]}' > \"$1\"")
        let outcome = try station.run("edit")
        #expect(outcome.code == 65, "\(outcome.words)")
        #expect(outcome.errors.contains("while the editor was open"))
        let kept = try #require(try leftovers(of: station).first)
        #expect(outcome.errors.contains(kept))
        #expect(try station.contents(kept) == "{\"a\":5,\"l\":[1,4]}\n")
        #expect(try station.local("/l/1") == "2")
    }

    @Test("keeps the text of an edit that is not accepted")
    func refused() throws {
        let station = try station("echo '{}' > \"$1\"")
        let outcome = try station.run("edit")
        #expect(outcome.code == 64 && outcome.errors.contains("--allow-empty"))
        #expect(try leftovers(of: station).count == 1)
        #expect(try station.run("edit", "--allow-empty").code == 0)
        #expect(try station.local() == "{}")
    }
}
