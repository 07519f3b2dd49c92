import ArmProtocol
import ArmSync
import JSONDocument
import Testing

/// A save whose answer was lost, and what the next read makes of it.
@Suite struct OpenSaveTests {
    /// Base `{"k":0}`, sent `{"k":0,"a":1}`, and edits since.
    private func open(_ since: JSONPatch.Operation...) throws -> DocumentState {
        var state = DocumentState.synced(["k": 0])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: .at(0)), event: .sending), at: 1)
        for operation in since { try state.edit(operation) }
        return state
    }

    private let arrived = UserData.document(["k": 0, "a": 1], .json)

    @Test func `it had arrived: nothing is sent again`() throws {
        var state = try open()
        let decision = state.afterReading(
            arrived,
            from: .test,
            at: .at(9),
            sends: true
        )
        #expect(decision.step == .settled(tookOver: false))
        #expect(decision.record?.event == .arrived)
        try state.fold(try #require(decision.record))
        #expect(state.base == .value(Content(["k": 0, "a": 1])))
        #expect(state.lastSavedAt == .at(1))
        #expect(!state.isUnsettled && state.outbox.isEmpty)
    }

    @Test func `it had arrived: later edits follow`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(arrived) == .send(Content(["k": 0, "a": 1, "b": 2])))
        #expect(state.base == .value(Content(["k": 0, "a": 1])))
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `it had not arrived: it is sent again with what came since`() throws {
        var state = try open(.set("b", 2))
        #expect(
            try state.read(.document(["k": 0], .json)) == .send(Content(["k": 0, "a": 1, "b": 2]))
        )
        #expect(state.sent?.edits.editCount == 2)
        #expect(state.base == .value(Content(["k": 0])))
    }

    @Test func `it had arrived and was undone since: the undoing follows`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(arrived) == .send(Content(["k": 0])))
    }

    @Test func `it had not arrived and was undone since: nothing is left to do`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(.document(["k": 0], .json)) == .settled(tookOver: false))
        #expect(state.outbox.isEmpty && !state.isUnsettled)
    }

    @Test func `a change at another place is merged, and the save may arrive yet`() throws {
        var state = try open(.set("b", 2))
        let merged = Content(["k": 0, "a": 1, "b": 2, "c": 3])
        #expect(try state.read(.document(["k": 0, "c": 3], .json)) == .send(merged))
        #expect(state.ghosts.map(\.value) == [["k": 0, "a": 1]])
        #expect(state.sent?.edits.editCount == 2)
    }

    @Test func `a third value is a conflict, and the save stays open`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(.document(["k": 0, "a": 5], .json)) == .held(.conflict))
        #expect(state.sent?.content == Content(["k": 0, "a": 1]))
        #expect(state.pendingEdits == 2)
        #expect(state.base == .value(Content(["k": 0])))
    }

    /// A rival wrote it over what was sent: taking it would bring back what was undone.
    @Test func `a rival beside what was sent does not swallow the edit that undid it`() throws {
        var state = try open(.unset("a"))
        let theirs = UserData.document(["k": 0, "a": 1, "c": 3], .json)
        #expect(try state.read(theirs) == .send(Content(["k": 0, "c": 3])))
        #expect(state.pendingEdits == 2)
    }

    @Test func `an element sent with its list stays away where it was removed since`() throws {
        let one: JSONValue = ["id": 1, "v": 1]
        let other: JSONValue = ["id": 3, "v": 2]
        var state = DocumentState.synced(["k": 0])
        try state.edit(.set("l", [one]))
        try state.fold(Record(.sending(readAt: .at(0)), event: .sending), at: 1)
        try state.edit(.set("l", []))
        // It had arrived, and a rival has put his own element back beside it.
        let theirs = UserData.document(["k": 0, "l": [one, other]], .json)
        #expect(try state.read(theirs) == .send(Content(["k": 0, "l": [other]])))
    }

    /// Whether it was written over base or over what was sent nobody can tell.
    @Test func `a third value where what was sent is undone is a conflict`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(.document(["k": 0, "a": 5], .json)) == .held(.conflict))
        #expect(state.pendingEdits == 2)
        try state.fold(try state.resolving(.mine, author: "a", at: .at(0)))
        #expect(state.sent == nil)
        #expect(
            try state.read(.document(["k": 0, "a": 5], .json)) == .send(Content(["k": 0]))
        )
    }

    @Test func `an edit over what was sent is no conflict where a rival left that alone`() throws {
        var state = try open(.set("a", 2))
        let theirs = UserData.document(["k": 0, "a": 1, "c": 3], .json)
        #expect(try state.read(theirs) == .send(Content(["k": 0, "a": 2, "c": 3])))
    }

    @Test func `a save held open by a conflict still settles when the server shows it`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(.document(["k": 0, "a": 5], .json)) == .held(.conflict))
        #expect(try state.read(arrived) == .send(Content(["k": 0, "a": 1, "b": 2])))
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `their side of a conflict with an open save takes all of ours back`() throws {
        var state = try open(.set("b", 2))
        let sent = try #require(state.sent)
        try state.read(.document(["k": 0, "a": 5, "b": 7], .json))
        try state.fold(try state.resolving(.theirs, author: "a", at: .at(0)))
        #expect(
            state
                == {
                    var expected = DocumentState.synced(["k": 0, "a": 5, "b": 7])
                    expected.ghosts = [Ghost(sentAt: sent.time, value: sent.content.value)]
                    expected.lastReadAt = state.lastReadAt
                    expected.sequence = state.sequence
                    return expected
                }()
        )
    }
}
