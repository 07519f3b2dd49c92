import Foundation
import Testing

@Suite("A journal that is damaged")
struct DamagedJournalTests {
    @Test("is 74 for that document alone, and is left as it is")
    func damaged() throws {
        let server = try SampleServer()
        let station = try Station(server, application: nil)
        for agent in ["1", "2", "3"] {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", agent).code == 0)
            #expect(try station.run("set", "/b", "1", "-a", "hodor", "-g", agent).code == 0)
        }
        let journal = "\(station.folder("hodor", "2"))/journal.jsonl"
        let damaged = try station.contents(journal).replacing(
            "\"path\":\"/a\"",
            with: "\"path\":\"/X\""
        )
        try Data(damaged.utf8).write(to: URL(filePath: journal))

        for arguments in [
            ["get"], ["set", "/c", "1"], ["diff"], ["outbox"], ["resolve", "--all", "--mine"],
        ] {
            let outcome = try station.run(arguments + ["-a", "hodor", "-g", "2"])
            #expect(outcome.code == 74, "\(arguments): \(outcome.words)")
            #expect(outcome.errors.contains(journal), "\(outcome.errors)")
        }
        #expect(try station.run("set", "/c", "1", "-a", "hodor", "-g", "3").code == 0)
        let status = try station.run("status")
        #expect(status.code == 0)
        #expect(status.output.contains("unreadable"))
        #expect(try station.document(agent: "2").state == "unreadable")
        #expect(try station.document(agent: "3").state == "pending")

        let sync = try station.run("sync", "--json")
        #expect(sync.code == 74, "\(sync.words)")
        let words = try sync.decoded(SyncLine.self).compactMap(\.result)
        #expect(words == ["saved", "unreadable", "saved"])
        #expect(try server.document("hodor", "3") == #"{"a":1,"b":1,"c":1}"#)
        #expect(try station.run("retry").code == 74)
        // A document that cannot be read is not "no conflict".
        #expect(try station.run("conflicts").code == 74)
        #expect(try station.contents(journal) == damaged)
    }

    @Test(
        "at its very end is cut there, and what is cut is kept",
        arguments: ["{\"crc\":\"0", "\0\0\0\0\0"]
    )
    func torn(tail: String) throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        let journal = "\(station.folder())/journal.jsonl"
        let whole = try station.contents(journal)
        try Data((whole + tail).utf8).write(to: URL(filePath: journal))
        #expect(try station.local() == #"{"a":1}"#)
        #expect(try station.run("set", "/b", "2").code == 0)
        #expect(try station.contents(journal).hasPrefix(whole))
        #expect(try station.contents("\(station.folder())/journal.torn-1") == tail)
        #expect(try station.local() == #"{"a":1,"b":2}"#)
    }
}
