import Glibc
import Testing

@Suite("An older document is written over what was saved")
struct WatchTests {
    private static let older = #"{"a":1,"b":1}"#

    /// Two stations, the first of which has saved `"a":2` over the older document.
    private func saved(settings: String = "") throws -> Pair {
        let pair = try Pair(agreeingOn: Self.older, settings: settings)
        guard try pair.first.run("set", "/a", "2").code == 0, try pair.first.sync().code == 0 else {
            throw Unexpected(description: "no first save")
        }
        return pair
    }

    @Test("once: the change is brought back, with what the rival changed")
    func once() throws {
        let pair = try saved()
        try pair.server.put(#"{"a":1,"b":1,"rival":true}"#)
        let outcome = try pair.first.run("sync", "--json")
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(try outcome.decoded(SyncLine.self).first?.result == "merged")
        #expect(try pair.server.document() == #"{"a":2,"b":1,"rival":true}"#)
        #expect(try pair.first.local() == #"{"a":2,"b":1,"rival":true}"#)
        #expect(try pair.first.sync() == (0, "unchanged", 1))
    }

    @Test("twice: it is a conflict that somebody sees", arguments: ["--mine", "--theirs"])
    func twice(side: String) throws {
        let pair = try saved()
        try pair.server.put(Self.older)
        #expect(try pair.first.sync().code == 0)
        #expect(try pair.server.document() == #"{"a":2,"b":1}"#)
        try pair.server.put(Self.older)
        #expect(try pair.first.sync() == (1, "conflict", 1))
        #expect(try pair.server.document() == Self.older)
        #expect(try pair.first.conflicts().map(\.pointer) == ["/a"])
        let screen = try pair.first.run("conflicts", "show").output
        #expect(screen.contains("brought back once already"), "\(screen)")

        #expect(try pair.first.run("resolve", "/a", side).code == 0)
        #expect(try pair.first.sync().code == 0)
        let settled = side == "--mine" ? #"{"a":2,"b":1}"# : Self.older
        #expect(try pair.server.document() == settled)
        #expect(try pair.first.local() == settled)
        #expect(try pair.first.document().state == "synced")
    }

    @Test("by another value it is a change like any other")
    func thirdValue() throws {
        let pair = try saved()
        try pair.server.put(#"{"a":3,"b":1}"#)
        #expect(try pair.first.sync() == (0, "merged", 1))
        #expect(try pair.first.local() == #"{"a":3,"b":1}"#)
    }

    @Test("with no window, whatever is written later is believed")
    func noWindow() throws {
        let pair = try saved(settings: #""rival_window": "0s""#)
        #expect(try pair.first.sync() == (0, "unchanged", 1))
        try pair.server.put(Self.older)
        #expect(try pair.first.sync() == (0, "merged", 1))
        #expect(try pair.first.local() == Self.older)
    }

    @Test("by a station that had read before the save, and saved after it: both edits survive")
    func window() throws {
        let pair = try Pair(agreeingOn: Self.older)
        #expect(try pair.first.run("set", "/a", "2").code == 0)
        #expect(try pair.second.run("set", "/b", "2").code == 0)
        try pair.server.set(faults: "delay:3s@read")
        let slow = try pair.second.start("sync")
        try eventually("it reads") { try !pair.server.requests().isEmpty }
        // However long the other one takes, its save comes between this one's read and save.
        slow.signal(SIGSTOP)
        #expect(try pair.first.sync() == (0, "saved", 3))
        slow.signal(SIGCONT)
        #expect(try slow.wait().code == 0)
        #expect(try pair.server.document() == #"{"a":1,"b":2}"#)

        #expect(try pair.first.sync() == (0, "merged", 3))
        #expect(try pair.server.document() == #"{"a":2,"b":2}"#)
        #expect(try pair.second.sync() == (0, "merged", 1))
        #expect(try pair.second.local() == #"{"a":2,"b":2}"#)
    }

    @Test("a save that the server only claims to have stored is sent again")
    func lost() throws {
        let pair = try Pair(agreeingOn: Self.older)
        #expect(try pair.first.run("set", "/a", "2").code == 0)
        try pair.server.set(faults: "lose@save")
        #expect(try pair.first.run("sync").code == 0)
        #expect(try pair.server.document() == Self.older)
        #expect(try pair.first.run("sync").code == 0)
        #expect(try pair.server.document() == #"{"a":2,"b":1}"#)
        #expect(try pair.first.document().state == "synced")
    }
}
