import Glibc
import Testing

@Suite("Several processes at once")
struct ConcurrencyTests {
    @Test("a second sync ends at once, with 75, and names the first")
    func secondSync() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "hang@read")
        let first = try station.start("sync")
        try eventually("the first one reads") { try !server.requests().isEmpty }
        let second = try station.run("sync")
        #expect(second.code == 75)
        #expect(second.errors.contains("\(first.id)"), "\(second.words)")
        #expect(second.output == "")
        #expect(try station.run("pull", "--json").code == 75)
        first.signal(SIGKILL)
        _ = try first.wait()
        // The lock died with its holder.
        #expect(try station.sync() == (0, "saved", 3))
    }

    @Test("an edit made while the server's document is read goes with the save that follows")
    func editDuringRead() throws {
        let server = try SampleServer()
        let station = try Station(server)
        #expect(try station.run("set", "/a", "1").code == 0)
        try server.set(faults: "delay:3s@read")
        let sync = try station.start("sync", "--json")
        try eventually("the read arrives") { try !server.requests().isEmpty }
        // However long the edit takes, the answer is not heard before it.
        sync.signal(SIGSTOP)
        #expect(try station.run("set", "/b", "2").code == 0)
        sync.signal(SIGCONT)
        let outcome = try sync.wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).last?.edits == 2)
        #expect(try server.requests().map(\.outcome) == ["read", "saved", "read"])
        #expect(try server.document() == #"{"a":1,"b":2}"#)
    }

    @Test("two stations take turns, and neither overwrites what the other saved")
    func twoStations() throws {
        let server = try SampleServer()
        let (first, second) = (try Station(server), try Station(server))
        #expect(try first.run("set", "/first", "1").code == 0)
        #expect(try first.sync() == (0, "saved", 3))
        #expect(try second.sync() == (0, "merged", 1))
        #expect(try second.run("set", "/first", "2").code == 0)
        #expect(try second.run("set", "/second", "2").code == 0)
        #expect(try first.run("set", "/first", "3").code == 0)
        #expect(try second.sync() == (0, "saved", 3))
        #expect(try first.sync() == (1, "conflict", 1))
        #expect(try server.document() == #"{"first":2,"second":2}"#)
        #expect(try first.run("resolve", "--all", "--theirs").code == 0)
        #expect(try first.run("set", "/first", "3").code == 0)
        #expect(try first.sync() == (0, "saved", 3))
        #expect(try second.sync() == (0, "merged", 1))
        #expect(try second.local() == first.local())
        #expect(try second.local() == #"{"first":3,"second":2}"#)
    }

    @Test("readers see a whole document while it is edited")
    func readers() throws {
        let station = try Station()
        #expect(try station.run("set", "/n", "0").code == 0)
        let edits = try ChildProcess(
            "/bin/sh",
            ["-c", "for i in $(seq 20); do arm-sync set /n $i --quiet || exit 9; done; echo all"],
            environment: station.environment
        )
        var last = 0
        for _ in 1...10 {
            let value = try #require(Int(try station.local("/n")))
            #expect(value >= last)
            last = value
            #expect(try station.document().state == "pending")
            let cache = try station.contents("\(station.folder())/user_data.json")
            #expect(cache.hasPrefix("{") && cache.hasSuffix("}\n"), "\(cache)")
        }
        #expect(try edits.wait().output == "all\n")
        #expect(try station.local("/n") == "20")
    }
}
