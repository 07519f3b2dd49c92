import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// A rival that had read before a save undoes it without knowing.
@Suite struct WatchingTests {
    /// Base `{"a":0,"k":0}`, then one save for each value of `a`.
    private func saved(_ values: JSONValue..., at seconds: Int64 = 0) throws -> DocumentState {
        var state = DocumentState.synced(["a": 0, "k": 0])
        for value in values { try save(.set("a", value), &state, at: seconds) }
        return state
    }

    private func save(
        _ operation: JSONPatch.Operation,
        _ state: inout DocumentState,
        at seconds: Int64 = 0
    ) throws {
        try state.edit(operation)
        let base = try #require(state.base.content)
        let step = try state.read(.document(base.value, base.form), at: seconds)
        #expect(step == .send(try #require(state.local)))
        try state.fold(try #require(state.afterSaved(at: .at(seconds))))
    }

    private func confirm(_ state: inout DocumentState) throws {
        try state.fold(try #require(state.afterSaved(at: .at(1))))
    }

    private func read(a: JSONValue, k: JSONValue = 0) -> UserData {
        .document(["a": a, "k": k], .json)
    }

    @Test func `what is undone once comes back, beside what the rival wrote`() throws {
        var state = try saved(1)
        #expect(try state.read(read(a: 0, k: 5)) == .send(Content(["a": 1, "k": 5])))
        #expect(state.base == .value(Content(["a": 0, "k": 5])))
        #expect(state.pendingEdits == 1)
    }

    @Test func `what is undone twice is a conflict that either side settles`() throws {
        var state = try saved(1)
        try state.read(read(a: 0, k: 5))
        try confirm(&state)
        #expect(try state.read(read(a: 0, k: 5)) == .held(.conflict))
        let conflict = try #require(state.conflicts(by: MergeRules()).first)
        #expect(conflict.name.text == "/a" && conflict.mine == 1 && conflict.theirs == 0)
        #expect(state.local == Content(["a": 1, "k": 5]))
        var theirs = state
        try theirs.fold(try theirs.resolving(.theirs, author: "a", at: .at(2)))
        #expect(theirs.local == Content(["a": 0, "k": 5]) && !theirs.isUnsettled)
        #expect(try theirs.read(read(a: 0, k: 5)) == .settled(tookOver: false))
        try state.fold(try state.resolving(.mine, author: "a", at: .at(2)))
        #expect(try state.read(read(a: 0, k: 5)) == .send(Content(["a": 1, "k": 5])))
    }

    @Test func `what came back and was not given up is undone a second time by nobody unseen`()
        throws
    {
        var state = try saved(1)
        try state.read(read(a: 0), sends: false)
        #expect(state.hasUnsaved && state.local == Content(["a": 1, "k": 0]))
        try state.fold(try #require(try state.discarding(at: JSONPointer())))
        #expect(state.local == Content(["a": 0, "k": 0]))
        // The rival's own way back to 1 is no undoing: what came back was given up.
        try save(.set("k", 1), &state)
        #expect(try state.read(read(a: 1, k: 1)) == .settled(tookOver: true))
    }

    @Test func `our own later change back is not an undoing`() throws {
        var state = try saved(1, 0)
        #expect(try state.read(read(a: 0, k: 5)) == .settled(tookOver: true))
        #expect(state.local == Content(["a": 0, "k": 5]))
    }

    @Test func `a rival that had read before several saves undoes none of them`() throws {
        var state = try saved(1, 2, 3)
        for old in [0, 1, 2] as [JSONValue] {
            var undone = state
            #expect(try undone.read(read(a: old, k: 5)) == .send(Content(["a": 3, "k": 5])))
        }
        try save(.set("k", 7), &state)
        #expect(try state.read(read(a: 0, k: 0)) == .send(Content(["a": 3, "k": 7])))
    }

    @Test func `an old value of what came back is a conflict even after a further change`() throws {
        var state = try saved(1)
        try state.read(read(a: 0))
        try confirm(&state)
        try save(.set("a", 2), &state)
        #expect(try state.read(read(a: 0)) == .held(.conflict))
        var other = state
        #expect(try other.read(read(a: 1)) == .send(Content(["a": 2, "k": 0])))
    }

    @Test func `what a rival read before two saves is noticed after one of them came back, too`()
        throws
    {
        var state = try saved(1, 2)
        #expect(try state.read(read(a: 1)) == .send(Content(["a": 2, "k": 0])))
        try confirm(&state)
        #expect(try state.read(read(a: 0)) == .send(Content(["a": 2, "k": 0])))
        try confirm(&state)
        var other = state
        #expect(try state.read(read(a: 0)) == .held(.conflict))
        #expect(try other.read(read(a: 1)) == .held(.conflict))
    }

    @Test func `a watch is about its own save's change alone, whatever was saved since`() throws {
        var state = try saved(1)
        try save(.set("k", 7), &state)
        #expect(state.watches.map(\.before) == [["a": 0, "k": 7], ["a": 1, "k": 0]])
    }

    @Test func `an edit of what is on its way back is one of that`() throws {
        var state = try saved(1, 2)
        try state.read(read(a: 1), sends: false)
        try state.edit(.set("a", 5))
        #expect(try state.read(read(a: 0)) == .send(Content(["a": 5, "k": 0])))
    }

    @Test func `what somebody took back while it was on its way back stays away`() throws {
        var state = try saved(1, 2)
        try save(.set("k", 1), &state)
        try state.read(read(a: 1, k: 1), sends: false)
        try state.edit(.set("a", 1), .set("k", 2))
        #expect(try state.read(read(a: 0, k: 1)) == .send(Content(["a": 1, "k": 2])))
        try confirm(&state)
        #expect(try state.read(read(a: 1, k: 3)) == .settled(tookOver: true))
    }

    @Test func `a rival's third value is taken`() throws {
        var state = try saved(1)
        #expect(try state.read(read(a: 7)) == .settled(tookOver: true))
        #expect(state.local == Content(["a": 7, "k": 0]) && state.watches.isEmpty)
    }

    @Test func `a rival's change at another place leaves the watch as it is`() throws {
        var state = try saved(1)
        #expect(try state.read(read(a: 1, k: 5)) == .settled(tookOver: true))
        #expect(try state.read(read(a: 0, k: 5)) == .send(Content(["a": 1, "k": 5])))
    }

    @Test func `what was added or removed is watched, in lists with identities too`() throws {
        var state = DocumentState.synced(["l": [["id": 1], ["id": 2]], "k": 0])
        let after: JSONValue = ["l": [["id": 2], ["id": 3]], "k": 0]
        let record = try state.editing(to: after, author: "a", form: .json, allowsEmpty: false)
        try state.fold(try #require(record))
        try state.read(.document(["l": [["id": 1], ["id": 2]], "k": 0], .json))
        try confirm(&state)
        let lagging: JSONValue = ["l": [["id": 1], ["id": 2], ["id": 4]], "k": 0]
        guard case .send(let content) = try state.read(.document(lagging, .json)) else {
            Issue.record("nothing came back")
            return
        }
        let identities = content.value["l"]?.array?.compactMap { $0["id"] }
        #expect(Set(identities ?? []) == [2, 3, 4])
    }

    @Test func `an order that is turned round again and again is given up`() throws {
        let mine: JSONValue = ["l": [["id": 2], ["id": 1]]]
        let theirs: JSONValue = ["l": [["id": 1], ["id": 2]]]
        var state = DocumentState.synced(theirs)
        let record = try state.editing(to: mine, author: "a", form: .json, allowsEmpty: false)
        try state.fold(try #require(record))
        try state.read(.document(theirs, .json))
        try confirm(&state)
        #expect(try state.read(.document(theirs, .json)) == .send(Content(mine)))
        try confirm(&state)
        #expect(try state.read(.document(theirs, .json)) == .settled(tookOver: true))
    }

    @Test func `the window ends with a read after it, and not before`() throws {
        var rules = MergeRules()
        rules.rivalWindow = .seconds(60)
        for (seconds, isWatched) in [(59, true), (60, false)] as [(Int64, Bool)] {
            var state = try saved(1)
            let quiet = state.afterReading(
                read(a: 1),
                from: .test,
                by: rules,
                at: .at(seconds),
                sends: true
            )
            if let record = quiet.record { try state.fold(record) }
            #expect(state.watches.isEmpty == !isWatched)
            let returned = ReadDecision.Step.send(Content(["a": 1, "k": 0]))
            let step = try state.read(read(a: 0), at: seconds)
            #expect(step == (isWatched ? returned : .settled(tookOver: true)))
        }
    }

    /// By then everybody who had read before the save has written, and others may have read it.
    @Test func `what is found undone only after the window is a conflict`() throws {
        var rules = MergeRules()
        rules.rivalWindow = .seconds(60)
        for (seconds, step) in [
            (59, .send(Content(["a": 1, "k": 5]))), (60, .held(.conflict)),
            (100_000, .held(.conflict)),
        ] as [(Int64, ReadDecision.Step)] {
            let state = try saved(1)
            let decision = state.afterReading(
                read(a: 0, k: 5),
                from: .test,
                by: rules,
                at: .at(seconds),
                sends: true
            )
            #expect(decision.step == step)
        }
        var state = try saved(1)
        #expect(try state.read(read(a: 0), at: 100_000) == .held(.conflict))
        let conflict = try #require(state.conflicts(by: MergeRules()).first)
        #expect(conflict.name.text == "/a" && conflict.mine == 1 && conflict.theirs == 0)
        try state.fold(try state.resolving(.theirs, author: "a", at: .at(100_000)))
        #expect(try state.read(read(a: 0), at: 100_001) == .settled(tookOver: false))
        #expect(state.local == Content(["a": 0, "k": 0]) && !state.isUnsettled)
    }

    @Test func `a clock that was set back begins the window anew, and does not make it a year`()
        throws
    {
        let year: Int64 = 365 * 86_400
        for (seconds, isWatched) in [(599, true), (600, false)] as [(Int64, Bool)] {
            var state = try saved(1, at: year)
            try state.read(read(a: 1), at: 0)
            try state.read(read(a: 1), at: seconds)
            #expect(state.watches.isEmpty == !isWatched)
        }
    }

    @Test func `a save made after the clock was set back is the latest one all the same`() throws {
        var state = DocumentState.synced(["k": 0])
        for number in 0..<[Watch].saveLimit {
            try save(.set(JSONString("\(number)"), 1), &state, at: 86_400 + Int64(number))
        }
        try save(.set("k", 1), &state, at: 0)
        let step = try state.read(.document(["k": 0], .json), at: 1)
        guard case .send(let content) = step else {
            Issue.record("nothing came back")
            return
        }
        #expect(content.value["k"] == 1)
    }

    @Test func `at most eight saves are watched, and fewer of a large document`() throws {
        var state = DocumentState.synced(["k": 0])
        for number in 0..<12 {
            let name = JSONString("\(number)")
            try save(.set(name, 1), &state, at: Int64(number))
        }
        #expect(state.watches.count == [Watch].saveLimit)
        var large = DocumentState.synced(["k": 0])
        let text = JSONValue.string(
            JSONString(String(repeating: "x", count: [Watch].byteLimit / 2))
        )
        try save(.set("large", text), &large, at: 0)
        try save(.set("a", 1), &large, at: 1)
        try save(.set("b", 1), &large, at: 2)
        #expect(large.watches.count == 1)
    }

    @Test func `what is watched survives the journal and its compaction`() throws {
        var state = try saved(1)
        try state.read(read(a: 0))
        try state.edit(.set("k", 3))
        try confirm(&state)
        try save(.set("k", 4), &state, at: 5)
        #expect(state.watches.contains { $0.isContested } && state.watches.count >= 2)
        let bytes = JSONValue.object(Record(.snapshot(state), event: .compacted).json).serialized()
        let json = try #require(try JSONValue(parsing: bytes).object)
        guard case .snapshot(let back) = try Record(json: json).change else {
            Issue.record("no snapshot came back")
            return
        }
        #expect(back.watches == state.watches && back.lastSave == state.lastSave)
        #expect(back.json == state.json)
        var again = back
        #expect(try again.read(read(a: 0, k: 4)) == .held(.conflict))
    }

    @Test func `an answer lost on the way back does not make it come back a third time`() throws {
        var state = try saved(1)
        try state.read(read(a: 0))
        // The save arrived, its answer did not.
        #expect(try state.read(read(a: 1)) == .settled(tookOver: false))
        #expect(!state.isUnsettled)
        #expect(try state.read(read(a: 0)) == .held(.conflict))
        // The save did not arrive and is sent again.
        state = try saved(1)
        try state.read(read(a: 0))
        #expect(try state.read(read(a: 0)) == .send(Content(["a": 1, "k": 0])))
        try confirm(&state)
        #expect(try state.read(read(a: 0)) == .held(.conflict))
    }
}
