import Foundation
import Testing

@Suite("Merging, emptying and giving up")
struct GivingUpTests {
    @Test("a merge patch replaces members and removes those that are null")
    func merge() throws {
        let station = try Station()
        #expect(try station.run("import", "-", input: #"{"a":1,"b":{"c":2,"d":3}}"#).code == 0)
        let outcome = try station.run("merge", "-", input: #"{"a":null,"b":{"c":5}}"#)
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try station.local() == #"{"b":{"c":5,"d":3}}"#)
        #expect(try station.run("merge", "-", input: "{}").output.contains("nothing to store"))
        #expect(try station.run("merge", "-", input: "null").code == 64)
        #expect(try station.run("merge", "-", input: "{").code == 65)
        #expect(try station.run("merge", "\(station.home)/none").code == 66)
    }

    @Test("clear empties on purpose, once, and what is empty is saved")
    func clear() throws {
        let server = try SampleServer()
        let station = try Station(server)
        let nothing = try station.run("clear")
        #expect(nothing.code == 0 && nothing.output.contains("arm-sync pull"))
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.sync().code == 0)
        #expect(try station.run("clear").code == 0)
        #expect(try station.local() == "{}")
        #expect(try station.run("clear", "--json").output.contains(#""stored":false"#))
        #expect(try station.sync() == (0, "saved", 3))
        #expect(try server.document() == "{}")
        #expect(try station.run("log").output.contains("emptied on purpose"))
    }

    @Test("discard asks, or takes --yes; what it gave up stays readable")
    func discard() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("import", "-", input: #"{"a":1,"b":2}"#).code == 0)
        #expect(try station.sync().code == 0)
        #expect(try station.run("set", "/a", "5").code == 0)
        #expect(try station.run("set", "/b", "6").code == 0)

        let unasked = try station.run("discard")
        #expect(unasked.code == 64 && unasked.errors.contains("--yes"))
        #expect(try station.local() == #"{"a":5,"b":6}"#)
        #expect(try station.run("discard", "/x", "--yes").code == 65)

        #expect(try station.run("discard", "/a", "--yes").code == 0)
        #expect(try station.local() == #"{"a":1,"b":6}"#)
        let all = try station.run("discard", "--yes", "--json")
        #expect(all.output.contains(#""discarded":true,"pending_edits":0"#))
        #expect(try station.local() == #"{"a":1,"b":2}"#)
        #expect(try station.run("discard").output.contains("is unsaved"))

        let log = try station.run("log", "--verbose")
        #expect(log.output.contains(#"[{"op":"replace","path":"/b","value":6}]"#), "\(log.words)")
        #expect(try !station.run("log").output.contains("\"path\""))
        #expect(try station.sync() == (0, "unchanged", 1))
    }

    @Test("a discard while the end of a save is open is 75, and says to find out first")
    func openSave() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "reset@save")
        let sync = try station.sync()
        try #require(sync.word == "transient", "\(sync)")
        let outcome = try station.run("discard", "--yes")
        #expect(outcome.code == 75, "\(outcome.words)")
        #expect(outcome.errors.contains("arm-sync sync"))
        #expect(try station.local() == #"{"a":1}"#)
    }

    @Test(
        "on a terminal it shows what goes, and no is no",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))
    )
    func asking() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        let no = try station.shell("echo n | script -qec 'arm-sync discard' /dev/null")
        #expect(no.code == 0 && no.output.contains("- /a: 1") && no.output.contains("Nothing was"))
        #expect(try station.document().pending_edits == 1)
        let yes = try station.shell("echo y | script -qec 'arm-sync discard' /dev/null")
        #expect(yes.code == 0, "\(yes.words)")
        #expect(try station.document().pending_edits == 0)
    }

    @Test("a slip in an id, a pointer or a value is answered with what was meant")
    func slips() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", #""x""#).code == 0)
        for command in ["get", "diff", "outbox", "log", "discard"] {
            let outcome = try station.run(command, "-a", "Hodor")
            #expect(outcome.words.contains("There is hodor / 102"), "\(outcome.words)")
        }
        let pointer = try station.run("get", "$.a")
        #expect(pointer.code == 65 && pointer.errors.contains("Did you mean /a?"))
        let value = try station.run("set", "/a", "hello there")
        #expect(value.code == 65)
        let advice = try #require(value.errors.split(separator: "\n").last)
        let line = String(advice.dropFirst("Did you mean: ".count))
        #expect(try station.shell(line).code == 0, "\(line)")
        #expect(try station.local() == #"{"a":"hello there"}"#)
    }
}
