import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@Suite struct ResolvingTests {
    private let foreign = ForeignContent(text: "{", reason: "no JSON")

    private func held(_ userData: UserData) throws -> DocumentState {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("b", 2))
        try state.read(userData)
        return state
    }

    private func resolve(_ state: inout DocumentState, _ side: Side) throws {
        try state.fold(try state.resolving(side, author: "operator", at: .at(3)), at: 3)
    }

    @Test func `mine sends only if the server still holds what was shown`() throws {
        var state = try held(.document(["a": 1, "b": 3], .json))
        try resolve(&state, .mine)
        #expect(state.base == .value(Content(["a": 1, "b": 3])))
        #expect(state.pendingEdits == 1)
        var moved = state
        let theirs = UserData.document(["a": 1, "b": 3], .json)
        #expect(try state.read(theirs) == .send(Content(["a": 1, "b": 2])))
        #expect(try moved.read(.document(["a": 1, "b": 4], .json)) == .held(.conflict))
    }

    @Test func `theirs makes the server's document local and empties the outbox`() throws {
        var state = try held(.document(["a": 1, "b": 3], .json))
        try resolve(&state, .theirs)
        #expect(state.local == Content(["a": 1, "b": 3]))
        #expect(!state.isUnsettled && state.outbox.isEmpty && state.remote == nil)
    }

    @Test func `mine restores what the server lost`() throws {
        var state = try held(.absent)
        try resolve(&state, .mine)
        #expect(try state.read(.empty) == .send(Content(["a": 1, "b": 2])))
    }

    @Test func `an emptied document is restored by mine, or stays empty by theirs`() throws {
        var mine = try held(.document([:], .json))
        var theirs = mine
        try resolve(&mine, .mine)
        #expect(try mine.read(.document([:], .json)) == .send(Content(["a": 1, "b": 2])))
        try resolve(&theirs, .theirs)
        #expect(theirs.local == Content([:]) && !theirs.isUnsettled)
        #expect(try theirs.read(.document([:], .json)) == .settled(tookOver: false))
    }

    /// Merged by parts, what was removed here would come back with their copy.
    @Test(arguments: [UserData.absent, .document([:], .json)])
    func `mine stands as a whole against what another restored meanwhile`(
        nothing: UserData
    ) throws {
        var state = try held(nothing)
        try state.edit(.unset("a"))
        try resolve(&state, .mine)
        #expect(try state.read(.document(["a": 1], .json)) == .held(.conflict))
        #expect(state.conflicts(by: MergeRules()).map(\.name.text) == [""])
    }

    @Test func `theirs accepts that the server lost it`() throws {
        var state = try held(.absent)
        try resolve(&state, .theirs)
        #expect(state.local == nil && state.base == .absent && !state.isUnsettled)
        #expect(try state.read(.absent) == .settled(tookOver: false))
    }

    @Test func `mine replaces foreign content that is still the same`() throws {
        var state = try held(.foreign(foreign))
        try resolve(&state, .mine)
        var other = state
        #expect(try state.read(.foreign(foreign)) == .send(Content(["a": 1, "b": 2])))
        let changed = ForeignContent(text: "[", reason: "no JSON")
        #expect(try other.read(.foreign(changed)) == .held(.foreignContent))
    }

    @Test func `foreign content cannot become local`() throws {
        let state = try held(.foreign(foreign))
        #expect(throws: ResolveError.nothingToTake) {
            try state.resolving(.theirs, author: "a", at: .at(0))
        }
    }

    @Test func `there has to be a local document that could go to the server`() throws {
        var state = DocumentState()
        try state.read(.foreign(foreign))
        #expect(throws: ResolveError.nothingToSend) {
            try state.resolving(.mine, author: "a", at: .at(0))
        }
    }

    @Test(arguments: [Side.mine, .theirs])
    func `what is not held, or no longer, cannot be resolved`(side: Side) throws {
        let synced = DocumentState.synced(["a": 1])
        var undone = try held(.document(["a": 1, "b": 3], .json))
        try undone.edit(.unset("b"))
        var agreed = try held(.document(["a": 1, "b": 5], .json))
        try agreed.edit(.set("b", 5))
        for state in [synced, undone, agreed] {
            #expect(throws: ResolveError.nothingHeld) {
                try state.resolving(side, author: "a", at: .at(0))
            }
        }
    }

    /// Three edits, two of them in conflict; the one about `a` stays, by a decision of its own.
    @Test(arguments: [(MergeDecision.mine, 3), (.theirs, 2), (.value(9), 3)])
    func `edits are counted as a person would, whatever was decided about them`(
        decision: MergeDecision,
        count: Int
    ) throws {
        var state = DocumentState.synced(["a": 1, "b": 1, "c": 1])
        for name in ["a", "b", "c"] as [JSONString] { try state.edit(.set(name, 2)) }
        try state.read(.document(["a": 3, "b": 3, "c": 1], .json))
        for (place, decision) in [("/a", MergeDecision.mine), ("/b", decision)] {
            let record = try state.resolving(author: "b", by: MergeRules(), at: .at(5)) {
                $0.name.text == place ? decision : .hold
            }
            try state.fold(record, at: 5)
        }
        #expect(state.pendingEdits == count)
        let author = if case .value = decision { "b" } else { "operator" }
        #expect(state.outbox.last?.edit?.author == author)
    }

    @Test func `where nothing else waits, the decision itself does`() throws {
        var state = DocumentState.synced(["a": 1])
        try state.read(.absent)
        try resolve(&state, .mine)
        #expect(state.pendingEdits == 1 && state.outbox.first?.edit?.paths == [""])
    }

    @Test func `a value that makes the document too large to be saved is refused, with the reason`()
        throws
    {
        let padding = JSONValue.string(JSONString(String(repeating: "x", count: 4_190_000)))
        var state = DocumentState.synced(["a": 1, "padding": padding])
        try state.edit(.set("a", 2))
        try state.read(.document(["a": 3, "padding": padding], .json))
        let value = JSONValue.string(JSONString(String(repeating: "y", count: 5_000)))
        let error = #expect(throws: ResolveError.self) {
            try state.resolving(author: "a", by: MergeRules(), at: .at(0)) {
                $0.name.text == "/a" ? .value(value) : .hold
            }
        }
        guard case .unsavable(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.message.contains("over the limit of 4194304"), "\(reason.message)")
    }

    @Test func `an element that stays cannot be given another identity`() throws {
        var state = DocumentState.synced(["l": [["id": 1, "v": 1]]])
        try state.edit(.replace(try JSONPointer(parsing: "/l/0/v"), 2))
        try state.read(.document(["l": []], .json))
        let place = try JSONPointer(parsing: "/l/{id=1}")
        #expect(throws: ResolveError.notAccepted(place)) {
            try state.resolving(author: "a", by: MergeRules(), at: .at(0)) { _ in
                .value(["id": 2, "v": 3])
            }
        }
        try state.fold(
            try state.resolving(author: "a", by: MergeRules(), at: .at(0)) { _ in
                .value(["id": 1, "v": 3])
            }
        )
        #expect(state.local == Content(["l": [["id": 1, "v": 3]]]))
    }

    @Test func `another server starts from an unknown base and keeps what is unsaved`() throws {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: .at(1)), event: .sending))
        try state.edit(.set("b", 2))
        let other = Binding(server: "http://other:8086", domain: "biysk.local")
        try state.fold(try #require(state.rebinding(to: other)))
        #expect(state.binding == other)
        #expect(state.base == .unknown && state.sent == nil && state.remote == nil)
        #expect(state.local == Content(["a": 1, "b": 2]))
        #expect(state.pendingEdits == 2)
        #expect(state.lastReadAt == nil && state.lastSavedAt == nil)
    }

    @Test func `what a save under way ends with means nothing to another server`() throws {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        let other = Binding(server: "http://other:8086", domain: "biysk.local")
        try state.fold(try #require(state.rebinding(to: other)))
        #expect(state.afterSaved(at: .at(1)) == nil)
    }

    @Test func `a document is not given to the server it has, nor before the first contact`() {
        #expect(DocumentState.synced([:]).rebinding(to: .test) == nil)
        #expect(DocumentState().rebinding(to: .test) == nil)
    }
}
