import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Saves that got lost on the way and arrive when nobody waits for them any more.
@Suite struct GhostTests {
    /// Base `{"k":0}`, a save of `{"k":0,"a":1}` whose answer is lost, and then a read.
    private func lost(_ read: JSONValue) throws -> DocumentState {
        var state = DocumentState.synced(["k": 0])
        try state.edit(.set("a", 1))
        try state.read(.document(["k": 0], .json))
        try state.read(.document(read, .json))
        return state
    }

    private let late = UserData.document(["k": 0, "a": 1], .json)

    @Test func `a late arrival does not wipe out what a rival wrote meanwhile`() throws {
        var state = try lost(["k": 0, "c": 3])
        #expect(state.sent?.content == Content(["k": 0, "a": 1, "c": 3]))
        var unconfirmed = state
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        #expect(try state.read(late) == .send(Content(["k": 0, "a": 1, "c": 3])))
        #expect(try unconfirmed.read(late) == .send(Content(["k": 0, "a": 1, "c": 3])))
    }

    @Test func `a late arrival does not bring back what was undone since`() throws {
        var state = try lost(["k": 0])
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        try state.edit(.set("a", 2))
        try state.read(.document(["k": 0, "a": 1], .json))
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        #expect(try state.read(late) == .send(Content(["k": 0, "a": 2])))
    }

    @Test func `a late arrival of what was given up is taken back`() throws {
        var state = DocumentState.synced(["k": 0])
        try state.edit(.set("a", 1))
        try state.read(.document(["k": 0], .json))
        try state.edit(.unset("a"))
        #expect(try state.read(.document(["k": 0], .json)) == .settled(tookOver: false))
        #expect(try state.read(late) == .send(Content(["k": 0])))
    }

    @Test func `what a late arrival undid comes back once, and then is a conflict`() throws {
        var state = try lost(["k": 0, "c": 3])
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        try state.read(late)
        #expect(state.ghosts.allSatisfy { $0.value != ["k": 0, "a": 1] })
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        #expect(try state.read(late) == .held(.conflict))
    }

    @Test func `nothing arrives after the window`() throws {
        var state = try lost(["k": 0, "c": 3])
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        #expect(!state.ghosts.isEmpty)
        try state.read(.document(["k": 0, "a": 1, "c": 3], .json), at: 600)
        #expect(state.ghosts.isEmpty)
    }
}
