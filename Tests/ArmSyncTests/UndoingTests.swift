import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct UndoingTests {
    /// Base `{"a":0,"k":0}`, and a confirmed save of `{"a":1,"k":0,"b":2}`.
    private func saved() throws -> DocumentState {
        var state = DocumentState.synced(["a": 0, "k": 0])
        try state.edit(.set("a", 1), .set("b", 2))
        try state.read(.document(["a": 0, "k": 0], .json))
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        return state
    }

    private func undo(_ state: inout DocumentState) throws {
        try state.fold(try state.undoing(author: "operator", by: MergeRules()))
    }

    @Test func `the last save is taken back by an edit that is sent like any other`() throws {
        var state = try saved()
        let record = try state.undoing(author: "operator", by: MergeRules())
        #expect(record.event == .undone)
        try state.fold(record)
        #expect(state.local == Content(["a": 0, "k": 0]))
        #expect(state.pendingEdits == 1 && state.outbox.last?.edit?.author == "operator")
        let held = UserData.document(["a": 1, "k": 0, "b": 2], .json)
        #expect(try state.read(held) == .send(Content(["a": 0, "k": 0])))
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        #expect(try state.read(.document(["a": 0, "k": 0], .json)) == .settled(tookOver: false))
    }

    @Test func `what others changed since stays, and so does what is not yet saved`() throws {
        var state = try saved()
        try state.read(.document(["a": 1, "k": 9, "b": 2], .json))
        try state.edit(.set("c", 3))
        try undo(&state)
        #expect(state.local == Content(["a": 0, "k": 9, "c": 3]))
    }

    @Test func `what was changed again since is asked about`() throws {
        var state = try saved()
        try state.edit(.set("a", 7))
        let error = #expect(throws: UndoError.self) {
            try state.undoing(author: "a", by: MergeRules())
        }
        guard case .overlapping(let conflicts) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(conflicts.map(\.name.text) == ["/a"])
        #expect(conflicts.first?.mine == 7 && conflicts.first?.theirs == 0)
        for (decision, a) in [(MergeDecision.mine, 7), (.theirs, 0), (.value(5), 5)] {
            var decided = state
            try decided.fold(
                try decided.undoing(author: "a", by: MergeRules()) { _ in decision }
            )
            let number = JSONValue.number(JSONNumber(a))
            #expect(decided.local == Content(["a": number, "k": 0]))
        }
    }

    @Test func `without a save whose changes are there nothing is taken back`() throws {
        var never = DocumentState.synced(["a": 0])
        #expect(throws: UndoError.nothingToUndo) {
            try never.undoing(author: "a", by: MergeRules())
        }
        try never.edit(.set("a", 1))
        #expect(throws: UndoError.nothingToUndo) {
            try never.undoing(author: "a", by: MergeRules())
        }
        var once = try saved()
        try undo(&once)
        #expect(throws: UndoError.nothingToUndo) {
            try once.undoing(author: "a", by: MergeRules())
        }
    }

    @Test func `taking back the save that made the document leaves it empty, as was meant`() throws
    {
        var state = DocumentState()
        try state.edit(.set("a", 1))
        try state.read(.absent)
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        try undo(&state)
        #expect(state.local == Content([:]))
        #expect(try state.read(.document(["a": 1], .json)) == .send(Content([:])))
    }

    @Test func `what is taken back may be taken back in turn`() throws {
        var state = try saved()
        try undo(&state)
        try state.read(.document(["a": 1, "k": 0, "b": 2], .json))
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        try undo(&state)
        #expect(state.local == Content(["a": 1, "k": 0, "b": 2]))
    }
}
