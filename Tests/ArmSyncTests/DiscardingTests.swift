import ArmProtocol
import ArmSync
import JSONDocument
import SeededRandom
import Testing

@Suite struct DiscardingTests {
    /// A document at the server as the first value, and here as the second.
    private func state(_ base: JSONValue, edited local: JSONValue) -> DocumentState {
        var state = DocumentState.synced(base)
        state.local = Content(local)
        let edit = EditSummary(id: 1, author: "me", paths: ["/a"], operations: 1)
        state.edits = [OutboxEntry(count: 1, first: .at(0), last: .at(0), edit: edit)]
        return state
    }

    private func after(
        _ state: DocumentState,
        discarding pointer: String
    ) throws -> DocumentState? {
        let place = try JSONPointer(parsing: pointer)
        guard let record = try state.discarding(at: place) else { return nil }
        var after = state
        try after.fold(try Record(json: record.json))
        return after
    }

    @Test func `everything given up is what the server had, and nothing waits`() throws {
        var edited = state(["a": 1], edited: ["a": 2, "b": 3])
        edited.trouble = .init(
            kind: .refused,
            code: "c",
            message: "m",
            since: .at(0),
            at: .at(0),
            attempts: 1,
            nextAttempt: .at(60)
        )
        let after = try #require(try after(edited, discarding: ""))
        #expect(after.local == after.base.content)
        #expect(!after.isUnsettled && after.pendingEdits == 0 && after.trouble == nil)
    }

    @Test(
        arguments: [
            ("/a", ["a": 1, "b": 3]), ("/b", ["a": 2]), ("/c", ["a": 2, "b": 3, "c": [0]]),
        ] as [(String, JSONValue)]
    )
    func `one place given up leaves the others`(pointer: String, expected: JSONValue) throws {
        let edited = state(["a": 1, "c": [0]], edited: ["a": 2, "b": 3])
        let after = try #require(try after(edited, discarding: pointer))
        #expect(after.local?.value == expected)
        #expect(after.pendingEdits == 1, "as long as something is unsaved, something waits")
    }

    @Test func `the last place given up ends the waiting`() throws {
        let after = try #require(try after(state(["a": 1], edited: ["a": 2]), discarding: "/a"))
        #expect(!after.hasUnsaved && after.pendingEdits == 0)
    }

    @Test func `edits of which nothing is left are no longer counted`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("a", 2))
        try state.edit(.set("b", 3))
        let after = try #require(try after(state, discarding: "/a"))
        #expect(after.edits.compactMap(\.edit?.paths) == [["/b"]])
    }

    @Test(arguments: ["", "/a", "/c"])
    func `where nothing is unsaved nothing is given up`(pointer: String) throws {
        let settled = DocumentState.synced(["a": 1, "c": 2])
        #expect(try after(settled, discarding: pointer) == nil)
    }

    @Test func `over an unknown base nothing is left`() throws {
        var state = DocumentState()
        try state.edit(.set("a", 1))
        for pointer in ["", "/a"] {
            let after = try #require(try after(state, discarding: pointer))
            #expect(after.local == nil && !after.isUnsettled)
        }
    }

    @Test func `a foreign document somebody decided to replace is held again`() throws {
        var state = DocumentState()
        state.local = Content(["a": 1])
        state.base = .foreign(ForeignContent(text: "<x/>", reason: "no JSON"))
        let after = try #require(try after(state, discarding: ""))
        #expect(
            after.heldReason(of: .init(application: "a"), in: SyncSettings()) == .foreignContent
        )
    }

    @Test func `while the end of a save is open nothing is given up`() throws {
        var state = state(["a": 1], edited: ["a": 2])
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        #expect(throws: DiscardError.saveUnderWay) { try state.discarding(at: JSONPointer()) }
    }

    @Test func `an index that means another element is refused`() throws {
        let edited = state(["l": [1, 2, 3]], edited: ["l": [2, 3]])
        let place = try JSONPointer(parsing: "/l")
        #expect(throws: DiscardError.elementsShifted(place)) {
            try edited.discarding(at: place.appending(0))
        }
        #expect(try after(edited, discarding: "/l")?.hasUnsaved == false)
    }

    @Test func `a place whose parent is gone, or that never was, is refused`() throws {
        let edited = state(["a": ["b": 1]], edited: ["c": 1])
        let place = try JSONPointer(parsing: "/a")
        #expect(throws: DiscardError.parentGone(place)) {
            try edited.discarding(at: place.appending("b"))
        }
        #expect(throws: DiscardError.self) { try edited.discarding(at: JSONPointer(parsing: "/x")) }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `what was given up can be brought back`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let edited = state(generator.content().value, edited: generator.content().value)
        guard let record = try edited.discarding(at: JSONPointer()) else { return }
        let read = try Record(json: record.json)
        guard case .snapshot(let next) = read.change else {
            Issue.record("a discard is one snapshot")
            return
        }
        let retired = try #require(read.retired)
        #expect(try next.editable.applying(retired) == edited.local?.value, "seed \(seed)")
    }

    @Test func `more than a record keeps is given up without a copy`() throws {
        let text = JSONValue.string(JSONString(String(repeating: "x", count: 100 << 10)))
        let record = try state(["a": 1], edited: ["a": text]).discarding(at: JSONPointer())
        #expect(record != nil && record?.retired == nil)
    }

    @Test func `what the server's side of a conflict replaces is kept too`() throws {
        var state = state(["a": 1], edited: ["a": 2])
        try state.read(.document(["a": 3], .json))
        let record = try state.resolving(.theirs, author: "me", at: .at(0))
        let theirs: JSONValue = ["a": 3]
        #expect(try theirs.applying(try #require(record.retired)) == ["a": 2])
    }
}
