import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// A server that keeps something else than it is given.
@Suite struct AlterationTests {
    private let settings = SyncSettings()
    private var reason: (DocumentState) -> HeldReason? {
        { $0.heldReason(of: .test, in: settings) }
    }

    /// One edit, saved over base, and what a read right after it shows.
    private func save(
        _ state: inout DocumentState,
        _ edit: JSONPatch.Operation,
        showing shown: JSONValue
    ) throws {
        try state.edit(edit)
        try state.read(.document(try #require(state.base.content).value, .json))
        try state.fold(try #require(state.afterSaved(at: .at(1))))
        if let record = state.afterReadingBack(.document(shown, .json)) { try state.fold(record) }
    }

    /// A document whose server has added the same member to two saves running.
    private func altered() throws -> DocumentState {
        var state = DocumentState.synced(["a": 0])
        try save(&state, .set("a", 1), showing: ["a": 1, "stamp": true])
        #expect(reason(state) == nil)
        try save(&state, .set("a", 2), showing: ["a": 2, "stamp": true])
        return state
    }

    @Test func `the same twice running holds the document at just that place`() throws {
        let state = try altered()
        #expect(reason(state) == .serverAltersData)
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == ["/stamp"])
    }

    @Test func `another value twice running does, too, where both saves had set the place`() throws
    {
        var state = DocumentState.synced(["a": "x", "b": 0])
        try save(&state, .set("a", "Одно"), showing: ["a": "????", "b": 0])
        try save(&state, .set("a", "Другое"), showing: ["a": "??????", "b": 0])
        #expect(reason(state) == .serverAltersData)
        #expect(state.conflicts(by: MergeRules()).map(\.mine) == ["Другое"])
    }

    @Test func `other values at a place that no save had set are those of another station`() throws
    {
        var state = DocumentState.synced(["a": 0, "seen": 0])
        try save(&state, .set("a", 1), showing: ["a": 1, "seen": 1])
        try save(&state, .set("a", 2), showing: ["a": 2, "seen": 2])
        #expect(reason(state) == nil)
    }

    @Test func `another alteration is counted anew, and none at all forgets it`() throws {
        var state = DocumentState.synced(["a": 0, "b": 0])
        try save(&state, .set("a", 1), showing: ["a": 0, "b": 0])
        try save(&state, .set("a", 2), showing: ["a": 2, "b": 7])
        try save(&state, .set("a", 3), showing: ["a": 3, "b": 0])
        #expect(state.alteration == nil)
        try save(&state, .set("a", 4), showing: ["a": 4, "b": 7])
        #expect(reason(state) == nil)
    }

    @Test func `what another station saved besides is merged, whatever is decided`() throws {
        var state = try altered()
        let shown = UserData.document(["a": 2, "stamp": true, "theirs": 5], .json)
        #expect(try state.read(shown) == .held(.serverAltersData))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == ["/stamp"])
        let ends: [Side: JSONValue] = [
            .theirs: ["a": 2, "stamp": true, "theirs": 5], .mine: ["a": 2, "theirs": 5],
        ]
        for (side, expected) in ends {
            var settled = state
            try settled.fold(try settled.resolving(side, author: "a", at: .at(2)))
            #expect(settled.local?.value == expected)
            #expect(reason(settled) == nil)
        }
    }

    @Test func `taken as the server keeps it, it is settled`() throws {
        var state = try altered()
        try state.fold(try state.resolving(.theirs, author: "a", at: .at(2)))
        let shown = UserData.document(["a": 2, "stamp": true], .json)
        #expect(try state.read(shown) == .settled(tookOver: false))
        #expect(!state.hasUnsaved)
    }

    @Test func `tried once more and altered again, it is held at once`() throws {
        var state = try altered()
        try state.fold(try state.resolving(.mine, author: "a", at: .at(2)))
        let shown = UserData.document(["a": 2, "stamp": true], .json)
        #expect(try state.read(shown) == .send(Content(["a": 2])))
        try state.fold(try #require(state.afterSaved(at: .at(3))))
        try state.fold(try #require(state.afterReadingBack(shown)))
        #expect(reason(state) == .serverAltersData)
    }

    @Test func `a policy for other stations does not decide against the server`() throws {
        let state = try altered()
        var rules = MergeRules()
        rules.policy = MergePolicy([JSONPointer(): .mine])
        #expect(state.conflicts(by: rules).map(\.name.text) == ["/stamp"])
        let shown = UserData.document(["a": 2, "stamp": true], .json)
        let decision = state.afterReading(shown, from: .test, by: rules, at: .at(2), sends: true)
        #expect(decision.step == .held(.serverAltersData))
        let record = try state.resolving(.theirs, author: "a", by: rules, at: .at(3))
        #expect(record.event == .resolvedTheirs)
    }

    @Test func `once the server keeps what it is given, nothing is held`() throws {
        var state = try altered()
        #expect(try state.read(.document(["a": 2, "b": 1], .json)) == .settled(tookOver: true))
        #expect(reason(state) == nil)
    }

    @Test func `a real conflict elsewhere is called one`() throws {
        var state = try altered()
        try state.edit(.set("a", 3))
        #expect(try state.read(.document(["a": 4], .json)) == .held(.conflict))
    }
}
