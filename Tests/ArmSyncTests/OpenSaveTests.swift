import ArmProtocol
import ArmSync
import JSONDocument
import Testing

/// A save whose answer was lost, and what the next read makes of it.
@Suite struct OpenSaveTests {
    /// Base `{}`, sent `{"a":1}`, and edits since.
    private func open(_ since: JSONPatch.Operation...) throws -> DocumentState {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: .at(0)), event: .sending), at: 1)
        for operation in since { try state.edit(operation) }
        return state
    }

    @Test func `it had arrived: nothing is sent again`() throws {
        var state = try open()
        let decision = state.afterReading(
            .document(["a": 1], .json),
            from: .test,
            at: .at(9),
            sends: true
        )
        #expect(decision.step == .settled(tookOver: false))
        #expect(decision.record?.event == .arrived)
        try state.fold(try #require(decision.record))
        #expect(state.base == .value(Content(["a": 1])))
        #expect(state.lastSavedAt == .at(1))
        #expect(!state.isUnsettled && state.outbox.isEmpty)
    }

    @Test func `it had arrived: later edits follow`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(.document(["a": 1], .json)) == .send(Content(["a": 1, "b": 2])))
        #expect(state.base == .value(Content(["a": 1])))
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `it had not arrived: it is sent again with what came since`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(.document([:], .json)) == .send(Content(["a": 1, "b": 2])))
        #expect(state.sent?.edits.editCount == 2)
        #expect(state.base == .value(Content([:])))
    }

    @Test func `it had arrived and was undone since: the undoing follows`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(.document(["a": 1], .json)) == .send(Content([:])))
    }

    @Test func `it had not arrived and was undone since: nothing is left to do`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(.document([:], .json)) == .settled(tookOver: false))
        #expect(state.outbox.isEmpty && !state.isUnsettled)
    }

    @Test func `a third value is a conflict, and the save stays open`() throws {
        var state = try open(.set("b", 2))
        #expect(try state.read(.document(["c": 3], .json)) == .held(.conflict))
        #expect(state.sent?.content == Content(["a": 1]))
        #expect(state.pendingEdits == 2)
        #expect(state.base == .value(Content([:])))
    }

    /// A rival may have written it over what was sent: taking it would bring back what was undone.
    @Test func `a third value does not swallow the edit that undid what was sent`() throws {
        var state = try open(.unset("a"))
        #expect(try state.read(.document(["a": 1, "c": 3], .json)) == .held(.conflict))
        #expect(state.pendingEdits == 2)
        try state.fold(try state.resolving(.mine, author: "a", at: .at(0)))
        #expect(state.sent == nil)
        #expect(try state.read(.document(["a": 1, "c": 3], .json)) == .send(Content([:])))
    }

    @Test func `a save held open by a conflict still settles when the server shows it`() throws {
        var state = try open(.set("b", 2))
        try state.read(.document(["c": 3], .json))
        #expect(try state.read(.document(["a": 1], .json)) == .send(Content(["a": 1, "b": 2])))
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `their side of a conflict with an open save takes all of ours back`() throws {
        var state = try open(.set("b", 2))
        try state.read(.document(["c": 3], .json))
        try state.fold(try state.resolving(.theirs, author: "a", at: .at(0)))
        #expect(
            state
                == {
                    var expected = DocumentState.synced(["c": 3])
                    expected.lastReadAt = state.lastReadAt
                    expected.sequence = state.sequence
                    return expected
                }()
        )
    }
}
