import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct DocumentStatusTests {
    private let key = DocumentKey(application: "hodor", agent: "102")

    private func status(
        _ state: DocumentState,
        server: ServerStanding = ServerStanding(),
        key: DocumentKey? = nil,
        _ configure: (inout SyncSettings) -> Void = { _ in }
    ) -> DocumentStatus {
        var settings = SyncSettings()
        settings.binding = .test
        configure(&settings)
        return DocumentStatus(key ?? self.key, state, server: server, settings: settings)
    }

    private func edited() throws -> DocumentState {
        var state = DocumentState.synced(["a": 1])
        try state.edit(.set("b", 2), at: 5)
        try state.edit(.set("c", 3), at: 9)
        return state
    }

    private func trouble(at seconds: Int64) throws -> Trouble {
        let failure = try #require(Exchange.refused.failure)
        return RetryPolicy().trouble(after: failure, previous: nil, at: .at(seconds), chance: 1)
    }

    @Test func `nothing unsaved is synced, whatever the server suffers from`() throws {
        let server = ServerStanding(trouble: try trouble(at: 0))
        let status = status(.synced(["a": 1]), server: server)
        #expect(status.stage == .synced)
        #expect(status.trouble == nil)
        #expect(!status.needsPerson(at: .at(0)))
    }

    @Test func `edits wait, with their number and span`() throws {
        let status = status(try edited())
        #expect(status.stage == .pending)
        #expect(status.pendingEdits == 2)
        #expect(status.oldestEditAt == .at(5) && status.newestEditAt == .at(9))
    }

    @Test func `a save under way is not yet synced`() throws {
        var state = try edited()
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        try state.edit(.unset("b"))
        try state.edit(.unset("c"))
        #expect(!state.hasUnsaved)
        #expect(status(state).stage == .pending)
    }

    @Test func `trouble makes it retrying, and the later of two is shown`() throws {
        var state = try edited()
        state.trouble = try trouble(at: 0)
        let server = ServerStanding(trouble: try trouble(at: 100))
        let status = status(state, server: server)
        #expect(status.stage == .retrying)
        #expect(status.trouble?.at == .at(100))
        #expect(status.nextAttemptAt == .at(160))
    }

    @Test func `a conflict comes first`() throws {
        var state = try edited()
        try state.read(.document(["a": 1, "b": 9], .json))
        state.trouble = try trouble(at: 0)
        let status = status(state)
        #expect(status.stage == .conflict && status.conflicts == 1)
        #expect(status.needsPerson(at: .at(0)))
    }

    @Test func `what the server lost, or holds in another form, is held`() throws {
        for (read, reason) in [
            (UserData.absent, HeldReason.remoteEmptied),
            (.foreign(ForeignContent(text: "{", reason: "r")), .foreignContent),
        ] {
            var state = try edited()
            try state.read(read)
            #expect(status(state).stage == .held)
            #expect(status(state).heldReason == reason)
        }
    }

    @Test func `a document of another server is held before anything else`() throws {
        var state = try edited()
        try state.read(.absent)
        let status = status(state) { $0.binding?.domain = "other.local" }
        #expect(status.heldReason == .foreignServer)
    }

    @Test func `without an agent edits are held, unless one is read or unseen saves are allowed`()
        throws
    {
        let state = try edited()
        let agentless = DocumentKey(application: "hodor")
        #expect(status(state, key: agentless).heldReason == .blind)
        #expect(!status(state, key: agentless).detectsConflicts)
        #expect(status(state, key: agentless) { $0.readAgent = "7" }.heldReason == nil)
        #expect(status(state, key: agentless) { $0.blindSaves = true }.heldReason == nil)
        #expect(status(state) { $0.conflictDetection = false }.heldReason == .blind)
        #expect(status(.synced([:]), key: agentless).heldReason == nil)
    }

    @Test func `a damaged journal needs a person`() {
        let error = StoreError(.unreadable, "the journal is damaged")
        let status = DocumentStatus(key, unreadable: error, settings: SyncSettings())
        #expect(status.stage == .unreadable && status.storeError == error)
        #expect(status.needsPerson(at: .at(0)))
    }
}
