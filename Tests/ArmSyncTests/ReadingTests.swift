import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@Suite struct ReadingTests {
    private func edited() throws -> DocumentState {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("b", 2))
        return state
    }

    private let local = Content(["a": 1, "b": 2])

    @Test func `the server holds base: local is sent, in a small record`() throws {
        let state = try edited()
        let decision = state.afterReading(
            .document(["a": 1], .json),
            from: .test,
            at: .at(1),
            sends: true
        )
        #expect(decision.step == .send(local))
        #expect(decision.record == Record(.sending(readAt: .at(1)), event: .sending))
    }

    @Test func `the server holds local already: it is confirmed and nothing is sent`() throws {
        var state = try edited()
        #expect(try state.read(.document(["b": 2, "a": 1], .json)) == .settled(tookOver: false))
        #expect(state.base == .value(local))
        #expect(state.outbox.isEmpty)
        // What was not touched here is kept as the server wrote it.
        #expect(state.local?.value.serialized() == Array(#"{"b":2,"a":1}"#.utf8))
    }

    @Test func `a changed document is taken over where nothing is unsaved`() throws {
        var state = DocumentState.synced(["a": 1])
        #expect(try state.read(.document(["a": 9], .json)) == .settled(tookOver: true))
        #expect(state.local == Content(["a": 9]))
    }

    @Test func `other literals of an equal document are taken over too`() throws {
        var state = DocumentState.synced(["a": 1])
        let written = try JSONValue(parsing: #"{"a":1.0}"#)
        #expect(try state.read(.document(written, .json)) == .settled(tookOver: false))
        #expect(state.local?.value.serialized() == Array(#"{"a":1.0}"#.utf8))
    }

    @Test func `a change at another place is merged and sent`() throws {
        var state = try edited()
        let merged = Content(["a": 9, "b": 2])
        #expect(try state.read(.document(["a": 9], .json)) == .send(merged))
        #expect(state.base == .value(Content(["a": 9])))
        #expect(state.local == merged && state.sent?.content == merged)
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `a pull merges too, and leaves what is ours in the outbox`() throws {
        var state = try edited()
        let step = try state.read(.document(["a": 9], .json), sends: false)
        #expect(step == .settled(tookOver: false))
        #expect(state.local == Content(["a": 9, "b": 2]) && state.sent == nil)
        #expect(state.pendingEdits == 1)
    }

    @Test func `a change where unsaved edits are is a conflict`() throws {
        var state = try edited()
        let theirs = UserData.document(["a": 1, "b": 9], .json)
        #expect(try state.read(theirs) == .held(.conflict))
        #expect(state.remote == .value(Content(["a": 1, "b": 9])))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == ["/b"])
        #expect(state.local == local)
        #expect(state.base == .value(Content(["a": 1])))
    }

    @Test func `a conflict ends by itself when the server is back at base or local gives way`()
        throws
    {
        var back = try edited()
        let theirs = UserData.document(["a": 1, "b": 9], .json)
        #expect(try back.read(theirs) == .held(.conflict))
        #expect(try back.read(.document(["a": 1], .json)) == .send(local))
        var undone = try edited()
        #expect(try undone.read(theirs) == .held(.conflict))
        try undone.edit(.unset("b"))
        #expect(undone.conflicts(by: MergeRules()).isEmpty)
        #expect(try undone.read(theirs) == .settled(tookOver: true))
    }

    @Test(arguments: [UserData.absent, .empty, .document([:], .json)])
    func `a server that lost a document, or holds it emptied, is held`(nothing: UserData) throws {
        var state = try edited()
        #expect(try state.read(nothing) == .held(.remoteEmptied))
        #expect(state.conflicts(by: MergeRules()).isEmpty)
        #expect(state.local == local)
        var untouched = DocumentState.synced(["a": 1])
        #expect(try untouched.read(nothing) == .held(.remoteEmptied))
        #expect(untouched.local == Content(["a": 1]))
    }

    @Test func `a document emptied here as well is settled`() throws {
        var state = DocumentState.synced(["a": 1])
        #expect(try state.read(.document([:], .json)) == .held(.remoteEmptied))
        try state.edit(.unset("a"))
        #expect(try state.read(.document([:], .json)) == .settled(tookOver: false))
        #expect(state.base == .value(Content([:])) && !state.isUnsettled && state.edits.isEmpty)
    }

    @Test func `an empty document of ours that arrives late is no loss`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.unset("a"))
        state.emptiesOnPurpose = true
        #expect(try state.read(.document(["a": 1], .json)) == .send(Content([:])))
        try state.edit(.set("b", 2))
        var late = state
        #expect(try state.read(.document([:], .json)) == .send(Content(["b": 2])))
        // It had not arrived at the time of a read, and does so now.
        #expect(try late.read(.document(["a": 1], .json)) == .send(Content(["b": 2])))
        #expect(try late.read(.document([:], .json)) == .send(Content(["b": 2])))
    }

    @Test(arguments: [UserData.absent, .empty])
    func `an empty document that the server does not keep is none to miss`(
        nothing: UserData
    ) throws {
        var state = DocumentState.synced([:])
        #expect(try state.read(nothing) == .settled(tookOver: false))
        #expect(state.local == Content([:]) && !state.isUnsettled)
        try state.edit(.set("a", 1))
        #expect(try state.read(nothing) == .send(Content(["a": 1])))
    }

    @Test(arguments: [UserData.absent, .empty])
    func `a first edit goes to a server that holds nothing`(nothing: UserData) throws {
        var state = DocumentState()
        try state.edit(.set("a", 1))
        #expect(try state.read(nothing) == .send(Content(["a": 1])))
        #expect(state.base == .absent)
        #expect(state.binding == .test)
        #expect(state.sent?.edits.editCount == 1)
    }

    @Test func `a first edit by path goes along with a document never read`() throws {
        var state = DocumentState()
        try state.edit(.set("a", 1))
        var other = state
        let merged = Content(["a": 1, "z": 1])
        #expect(try state.read(.document(["z": 1], .json)) == .send(merged))
        #expect(try other.read(.document(["a": 2], .json)) == .held(.conflict))
    }

    @Test func `a replacement of a document never read is a conflict about the whole`() throws {
        var state = DocumentState()
        let record = try state.editing(
            to: ["a": 1],
            author: "a",
            form: .json,
            allowsEmpty: false,
            replaces: true
        )
        try state.fold(try #require(record))
        try state.edit(.set("b", 2))
        #expect(try state.read(.document(["z": 1], .json)) == .held(.conflict))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == [""])
        try state.fold(try state.resolving(.mine, author: "a", at: .at(0)))
        #expect(try state.read(.document(["z": 1], .json)) == .send(local))
    }

    @Test func `a replacement that finds what it says, or nothing, is no conflict`() throws {
        var state = DocumentState()
        let record = try state.editing(
            to: ["a": 1],
            author: "a",
            form: .json,
            allowsEmpty: false,
            replaces: true
        )
        try state.fold(try #require(record))
        var first = state
        #expect(try state.read(.document(["a": 1], .json)) == .settled(tookOver: false))
        #expect(try first.read(.absent) == .send(Content(["a": 1])))
    }

    @Test func `the same value in another form is another document`() throws {
        var state = try edited()
        #expect(try state.read(.document(["a": 1], .nodes)) == .held(.conflict))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == [""])
        var mine = state
        try mine.fold(try mine.resolving(.mine, author: "a", at: .at(0)))
        #expect(try mine.read(.document(["a": 1], .nodes)) == .send(local))
        try state.fold(try state.resolving(.theirs, author: "a", at: .at(0)))
        #expect(state.local == Content(value: ["a": 1], form: .nodes) && !state.isUnsettled)
    }

    @Test func `another form is taken over where nothing is unsaved`() throws {
        var state = DocumentState.synced(["a": 1])
        #expect(try state.read(.document(["a": 1], .nodes)) == .settled(tookOver: true))
        #expect(state.local?.form == .nodes && !state.isUnsettled)
    }

    @Test func `foreign content is held until a person replaces it`() throws {
        let foreign = UserData.foreign(ForeignContent(text: "{", reason: "no JSON"))
        var state = DocumentState()
        try state.edit(.set("a", 1))
        #expect(try state.read(foreign) == .held(.foreignContent))
        try state.fold(try state.resolving(.mine, author: "a", at: .at(0)))
        #expect(try state.read(foreign) == .send(Content(["a": 1])))
    }

    @Test func `a pull takes over and settles but never sends`() throws {
        var state = try edited()
        let step = try state.read(.document(["a": 1], .json), sends: false, at: 3)
        #expect(step == .settled(tookOver: false))
        #expect(state.sent == nil)
        #expect(state.pendingEdits == 1)
        #expect(state.lastReadAt == .at(3))
    }

    @Test func `a read that changes nothing leaves nothing in the journal`() throws {
        var state = DocumentState.synced(["a": 1])
        let first = try state.read(.document(["a": 1], .json), at: 1)
        #expect(first == .settled(tookOver: false))
        #expect(state.lastReadAt == .at(1))
        let decision = state.afterReading(
            .document(["a": 1], .json),
            from: .test,
            at: .at(2),
            sends: true
        )
        #expect(decision.record == nil)
        #expect(decision.step == .settled(tookOver: false))
    }

    @Test func `a read that changes nothing is a note that ends the trouble`() throws {
        var state = DocumentState.synced(["a": 1])
        state.trouble = Trouble(
            kind: .garbled,
            code: "c",
            message: "m",
            since: .at(0),
            at: .at(0),
            attempts: 1,
            nextAttempt: .at(60)
        )
        let decision = state.afterReading(
            .document(["a": 1], .json),
            from: .test,
            at: .at(1),
            sends: true
        )
        #expect(decision.record == Record(.note(Note(trouble: nil, readAt: .at(1))), event: .read))
    }
}
