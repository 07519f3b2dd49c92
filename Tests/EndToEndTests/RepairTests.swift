import Foundation
import Testing

@Suite("Repairing a damaged document")
struct RepairTests {
    private func journal(of station: Station) -> String { "\(station.folder())/journal.jsonl" }

    /// Damages the record that contains a text.
    private func damage(_ station: Station, at text: String) throws {
        let path = journal(of: station)
        let whole = try station.contents(path)
        let damaged = whole.replacing(text, with: String(text.reversed()))
        try #require(damaged != whole)
        try Data(damaged.utf8).write(to: URL(filePath: path))
    }

    @Test("there is nothing to do where nothing is damaged, or nothing there")
    func sound() throws {
        let station = try Station()
        #expect(try station.run("repair").code == 0)
        #expect(try station.run("set", "/a", "1").code == 0)
        let outcome = try station.run("repair")
        #expect(outcome.code == 0 && outcome.output.contains("not damaged"))
        #expect(try station.run("repair", "--json").output.contains(#""repaired":false"#))
    }

    @Test("keeps what is good and a copy of all there was, and tells what is lost")
    func story() throws {
        let station = try Station()
        for name in ["one", "two", "three"] {
            #expect(try station.run("set", "/\(name)", "1").code == 0)
        }
        try damage(station, at: "/two")
        let damaged = try station.contents(journal(of: station))
        #expect(try station.run("get").errors.contains("arm-sync repair -a hodor -g 102"))

        let unasked = try station.run("repair")
        #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked.words)")
        #expect(unasked.output.contains(#"[{"op":"add","path":"/three","value":1}]"#))
        #expect(try station.contents(journal(of: station)) == damaged)

        let outcome = try station.run("repair", "--yes")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try station.local() == #"{"one":1}"#)
        #expect(try station.contents("\(station.folder())/journal.damaged-1") == damaged)
        // The advice given brings everything back.
        let copy = "\(station.folder())/user_data.json.damaged-1"
        #expect(outcome.output.contains("arm-sync import \(copy)"))
        #expect(try station.run("import", copy).code == 0)
        #expect(try station.local() == #"{"one":1,"two":1,"three":1}"#)
        #expect(try station.run("log").output.contains("the damaged journal repaired"))
    }

    @Test("an old edit that was saved and taken back is not sent again unasked")
    func suspicion() throws {
        let server = try SampleServer()
        let station = try Station(server)
        for value in ["1", "2", "1"] {
            #expect(try station.run("set", "/a", value).code == 0)
            #expect(try station.sync().code == 0)
        }
        // All of what follows the second edit is unreadable: the server holds what base once was.
        let path = journal(of: station)
        let whole = try station.contents(path)
        let edit = try #require(whole.range(of: #""value":2}]}"#))
        let rest = String(repeating: "?\n", count: 3)
        try Data((whole[..<edit.upperBound] + "\n" + rest).utf8).write(to: URL(filePath: path))
        #expect(try station.run("repair", "--yes").code == 0)
        #expect(try station.local() == #"{"a":2}"#)

        let sync = try station.sync()
        #expect(sync.code == 1 && sync.word == "conflict", "\(sync)")
        #expect(try server.document() == #"{"a":1}"#)
    }

    @Test("is refused while a sync is running")
    func busy() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        #expect(try station.run("set", "/b", "1").code == 0)
        try damage(station, at: "/a")
        #expect(try station.run("set", "/c", "1", "-g", "7").code == 0)
        try server.set(faults: "hang@read")
        let sync = try station.start("sync", "-g", "7")
        try eventually("the request of the other document is there") {
            try !server.requests().isEmpty
        }
        #expect(try station.run("repair", "--yes").code == 75)
        sync.signal(9)
        _ = try sync.wait()
        #expect(try station.run("repair", "--yes").code == 0)
    }
}
