import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// What is decided beforehand, and what is held although it could be sent.
@Suite struct GuardingTests {
    private func edited(_ value: JSONValue) throws -> DocumentState {
        var state = DocumentState.synced(["a": 0, "b": 0])
        try state.edit(.set("a", value))
        return state
    }

    @Test(arguments: [MergeDecision.mine, .theirs])
    func `a policy decides conflicts alone, and what lost stays in the record`(
        decision: MergeDecision
    ) throws {
        var rules = MergeRules()
        rules.policy = MergePolicy([try JSONPointer(parsing: "/a"): decision])
        var state = try edited(1)
        let read = UserData.document(["a": 2, "b": 5], .json)
        let after = state.afterReading(read, from: .test, by: rules, at: .at(1), sends: true)
        let won: JSONValue = decision == .mine ? 1 : 2
        let lost: JSONValue = decision == .mine ? 2 : 1
        let record = try #require(after.record)
        try state.fold(record)
        #expect(state.local == Content(["a": won, "b": 5]))
        let retired = try #require(record.retired)
        #expect(try state.editable.applying(retired) == ["a": lost, "b": 5])
    }

    @Test func `a document that came to be empty is held, also after a snapshot, unless meant`()
        throws
    {
        var state = DocumentState.synced(["a": 0])
        try state.edit(.unset("a"))
        let held = UserData.document(["a": 0], .json)
        #expect(try state.read(held) == .held(.emptySave))
        try state.fold(try state.resolving(.mine, author: "a", at: .at(1)))
        #expect(try state.read(held) == .send(Content([:])))
        var cleared = DocumentState.synced(["a": 0])
        try cleared.fold(try #require(try cleared.clearing(author: "a", form: .json)))
        try cleared.fold(try Record(json: Record(.snapshot(cleared), event: .compacted).json))
        #expect(try cleared.read(held) == .send(Content([:])))
    }

    @Test func `a merge too large to be sent is a conflict about the whole`() throws {
        let text = JSONValue.string(JSONString(String(repeating: "x", count: 3 << 20)))
        var state = DocumentState.synced(["k": 0])
        try state.edit(.set("a", text))
        let read = UserData.document(["k": 0, "b": text], .json)
        #expect(try state.read(read) == .held(.conflict))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == [""])
        try state.fold(try state.resolving(.mine, author: "a", at: .at(1)))
        #expect(try state.read(read) == .send(Content(["k": 0, "a": text])))
    }
}
