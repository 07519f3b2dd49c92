import Foundation
import Testing

@Suite("user_data.json")
struct CacheFileTests {
    private func cache(_ station: Station) throws -> String {
        try station.contents("\(station.folder())/user_data.json")
    }

    @Test("is what get prints, after every edit, sync and decision")
    func follows() throws {
        let server = try SampleServer()
        let station = try Station(server)
        func expectFresh(_ what: Comment) throws {
            #expect(try cache(station) == station.run("get").output, what)
        }
        #expect(try station.run("set", "/a", "1.0").code == 0)
        try expectFresh("after set")
        let patch = #"[{"op":"add","path":"/b","value":[1,{"c":null}]}]"#
        #expect(try station.run("patch", "-", input: patch).code == 0)
        try expectFresh("after patch")
        #expect(try station.run("import", "-", input: #"{"x":"й"}"#).code == 0)
        try expectFresh("after import")
        #expect(try station.sync().code == 0)
        try expectFresh("after a save")
        try server.put(#"{"x":"theirs","y":1e3}"#)
        #expect(try station.sync() == (0, "merged", 1))
        try expectFresh("after a merge")
        #expect(try cache(station).contains("1e3"))
        #expect(try station.run("set", "/z", "1").code == 0)
        try server.put(#"{"x":"theirs","y":1e3,"new":1}"#)
        #expect(try station.sync() == (0, "merged", 3))
        try expectFresh("after a merge with edits")
        #expect(try station.run("set", "/y", "2").code == 0)
        try server.put(#"{"x":"theirs","y":"theirs","new":1,"z":1}"#)
        #expect(try station.sync() == (1, "conflict", 1))
        try expectFresh("in a conflict")
        #expect(try station.run("resolve", "--all", "--theirs").code == 0)
        try expectFresh("after a decision")
        #expect(try cache(station).contains("theirs"))
    }

    @Test("is not for writing, and gone where there is no document any more")
    func mode() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        let path = "\(station.folder())/user_data.json"
        #expect(try station.shell("stat -c %a \(path)").output == "400\n")
        #expect(try station.sync().code == 0)
        #expect(try station.shell("stat -c %a \(path)").output == "400\n")
        try server.remove()
        #expect(try station.sync() == (1, "held", 1))
        #expect(try station.run("resolve", "--all", "--theirs").code == 0)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("changed by hand is put aside, reported once, and never read as truth")
    func changed() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        let path = "\(station.folder())/user_data.json"
        #expect(try station.shell("chmod 600 \(path); echo '{\"mine\":true}' >\(path)").code == 0)
        #expect(try station.local() == #"{"a":1}"#)

        let told = try station.run("set", "/b", "2")
        #expect(told.code == 0)
        #expect(told.errors.contains("somebody changed user_data.json"), "\(told.words)")
        let again = try station.run("set", "/c", "3")
        #expect(again.errors == "", "\(again.errors)")
        #expect(try station.local() == #"{"a":1,"b":2,"c":3}"#)
        #expect(try cache(station) == station.run("get").output)

        let aside = try station.shell("ls \(station.folder()) | grep changed").lines
        #expect(aside.count == 1)
        let kept = "\(station.folder())/\(try #require(aside.first))"
        #expect(try station.contents(kept) == "{\"mine\":true}\n")
        #expect(told.errors.contains(kept))
        #expect(try station.run("import", kept).code == 0)
        #expect(try station.local() == #"{"mine":true}"#)
    }

    @Test("removed by hand comes back with the next run")
    func removed() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try FileManager.default.removeItem(atPath: "\(station.folder())/user_data.json")
        #expect(try station.sync().code == 0)
        #expect(try cache(station) == station.run("get").output)
    }

    @Test(
        "is rebuilt after a kill between the journal and the file",
        .enabled(if: Privilege.canTrace, "needs strace, to kill at a system call")
    )
    func killedBetween() throws {
        let station = try Station()
        #expect(try station.run("set", "/a", "1").code == 0)
        let renaming = SystemCall(name: "rename", occurrence: 1)
        let blow = Blow(call: renaming, kind: .kill)
        let killed = try station.run(["set", "/b", "2"], struckBy: blow)
        #expect(killed.code == nil)
        #expect(try cache(station) == "{\n  \"a\": 1\n}\n")
        #expect(try station.local() == #"{"a":1,"b":2}"#)
        let next = try station.run("set", "/c", "3")
        #expect(next.errors == "", "\(next.errors)")
        #expect(try cache(station) == station.run("get").output)
    }
}
