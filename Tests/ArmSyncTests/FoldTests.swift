import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@Suite struct FoldTests {
    @Test func `an edit of a document never touched starts from an empty object`() throws {
        var state = DocumentState()
        try state.edit(.set("a", 1), at: 7)
        #expect(state.local == Content(["a": 1]))
        #expect(state.base == .unknown)
        #expect(state.sequence == 1)
        let edit = EditSummary(id: 1, author: "operator", paths: ["/a"], operations: 1)
        #expect(state.edits == [OutboxEntry(count: 1, first: .at(7), last: .at(7), edit: edit)])
    }

    @Test func `a document keeps its form, a new one takes that of its first edit`() throws {
        let patch = JSONPatch([.set("_name", "user_data")])
        let edit = Record(.edit(Edit(author: "", patch: patch, form: .nodes)), event: .edited)
        var new = DocumentState()
        try new.fold(edit)
        #expect(new.local?.form == .nodes)
        var old = DocumentState.synced([:])
        try old.fold(edit)
        #expect(old.local?.form == .json)
    }

    @Test func `edits that lead back to base leave nothing in the outbox`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        #expect(state.pendingEdits == 1)
        try state.edit(.set("a", 1))
        #expect(state.outbox.isEmpty)
        #expect(!state.isUnsettled)
    }

    @Test func `edits that lead back to base stay while a save is under way`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        try state.edit(.set("a", 1))
        #expect(state.pendingEdits == 2)
        #expect(state.isUnsettled)
    }

    @Test func `a save takes the edits made so far with it, and later ones follow`() throws {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.edit(.set("b", 1))
        try state.fold(Record(.sending(readAt: .at(4)), event: .sending), at: 5)
        try state.edit(.set("c", 1), at: 6)
        #expect(state.sent?.content == Content(["a": 1, "b": 1]))
        #expect(state.sent?.time == .at(5))
        #expect(state.sent?.edits.compactMap(\.edit?.id) == [1, 2])
        #expect(state.edits.compactMap(\.edit?.id) == [4])
        #expect(state.lastReadAt == .at(4))
    }

    @Test func `a save that surely did not arrive gives its edits back in their order`() throws {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        try state.edit(.set("b", 1))
        let local = state.local
        try state.fold(Record(.note(Note(trouble: nil, closesSent: true)), event: .failed))
        #expect(state.sent == nil)
        #expect(state.edits.compactMap(\.edit?.id) == [1, 3])
        #expect(state.local == local)
    }

    @Test func `a save closed with nothing unsaved left leaves no edits behind`() throws {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        try state.edit(.unset("a"))
        try state.fold(Record(.note(Note(trouble: nil, closesSent: true)), event: .failed))
        #expect(state.outbox.isEmpty)
    }

    @Test func `a second save cannot begin while one is open, nor one of nothing`() throws {
        let sending = Record(.sending(readAt: nil), event: .sending)
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(sending)
        #expect(throws: FoldError.self) { try state.fold(sending) }
        var nothing = DocumentState()
        #expect(throws: FoldError.self) { try nothing.fold(sending) }
    }

    @Test func `an edit that does not apply is an error`() {
        var state = DocumentState.synced([:])
        #expect(throws: FoldError.self) { try state.edit(.unset("a")) }
    }

    @Test func `an outbox of many edits stays short and counts them all`() throws {
        var state = DocumentState.synced([:])
        for number in 1...200 {
            try state.edit(.set("a", JSONValue(integerLiteral: number)))
            #expect(state.edits.count <= 40)
            #expect(state.pendingEdits == number)
        }
        #expect(state.edits.last?.edit?.id == 200)
    }

    @Test func `what is unsaved is known wherever in the document it is`() throws {
        var state = DocumentState.synced(["a": 1, "list": [1, 2]])
        try state.edit(.set("a", 2))
        try state.edit(.replace(JSONPointer(tokens: ["list", "0"]), 9))
        #expect(state.pendingEdits == 2)
        // Equal to base at its own place, and not at the other.
        try state.edit(.set("a", 1))
        #expect(state.pendingEdits == 3)
        try state.edit(.replace(JSONPointer(tokens: ["list", "0"]), 1))
        #expect(state.outbox.isEmpty)
    }

    @Test func `an edit names its first places only`() throws {
        var state = DocumentState()
        let names = (0..<9).map { JSONString("\($0)") }
        let patch = JSONPatch(names.map { .set($0, 1) })
        try state.fold(Record(.edit(Edit(author: "", patch: patch)), event: .edited))
        #expect(state.edits.first?.edit?.paths == ["/0", "/1", "/2", "/3", "/4"])
        #expect(state.edits.first?.edit?.operations == 9)
    }

    @Test func `a note sets trouble and the time of a read, and keeps that time where it has none`()
        throws
    {
        var state = DocumentState.synced([:])
        state.lastReadAt = .at(1)
        let trouble = Trouble(
            kind: .refused,
            code: "c",
            message: "m",
            since: .at(0),
            at: .at(0),
            attempts: 1,
            nextAttempt: .at(60)
        )
        try state.fold(Record(.note(Note(trouble: trouble)), event: .failed))
        #expect(state.trouble == trouble)
        #expect(state.lastReadAt == .at(1))
        try state.fold(Record(.note(Note(trouble: nil, readAt: .at(2))), event: .read))
        #expect(state.trouble == nil)
        #expect(state.lastReadAt == .at(2))
    }
}
