import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

@Suite struct SavingTests {
    private func sending(_ since: JSONPatch.Operation...) throws -> DocumentState {
        var state = DocumentState.synced([:])
        try state.edit(.set("a", 1))
        try state.fold(Record(.sending(readAt: nil), event: .sending))
        for operation in since { try state.edit(operation) }
        return state
    }

    private func failure(closesSent: Bool) throws -> Failure {
        var failure = try #require(Exchange.garbled.failure)
        failure.closesSent = closesSent
        return failure
    }

    private let trouble = Trouble(
        kind: .transient,
        code: "c",
        message: "m",
        since: .at(0),
        at: .at(0),
        attempts: 1,
        nextAttempt: .at(2)
    )

    @Test func `a confirmed save is the new base and ends the trouble`() throws {
        var state = try sending()
        state.trouble = trouble
        try state.fold(try #require(state.afterSaved(at: .at(5))))
        #expect(state.base == .value(Content(["a": 1])))
        #expect(state.lastSavedAt == .at(5))
        #expect(state.trouble == nil && state.outbox.isEmpty && !state.isUnsettled)
    }

    @Test func `edits made during a save stay in the outbox`() throws {
        var state = try sending(.set("b", 2))
        try state.fold(try #require(state.afterSaved(at: .at(5))))
        #expect(state.hasUnsaved)
        #expect(state.outbox.compactMap(\.edit?.id) == [3])
    }

    @Test func `edits made during a save that undo each other leave nothing behind`() throws {
        var state = try sending(.set("b", 2), .unset("b"))
        try state.fold(try #require(state.afterSaved(at: .at(5))))
        #expect(!state.isUnsettled && state.outbox.isEmpty)
    }

    @Test func `nothing is confirmed where nothing was sent`() {
        #expect(DocumentState.synced([:]).afterSaved(at: .at(0)) == nil)
    }

    @Test(arguments: [true, false], [true, false])
    func `a failure closes only a save, and only one that surely did not arrive`(
        closesSent: Bool,
        ofSave: Bool
    ) throws {
        var state = try sending()
        let record = state.afterFailure(
            try failure(closesSent: closesSent),
            trouble: trouble,
            ofSave: ofSave
        )
        try state.fold(try #require(record))
        #expect((state.sent == nil) == (closesSent && ofSave))
        #expect(state.pendingEdits == 1)
        #expect(state.trouble == trouble)
    }

    @Test func `a failure of the server's own leaves a mark only where it closes a save`() throws {
        var state = try sending()
        state.trouble = trouble
        let open = try failure(closesSent: false)
        #expect(state.afterFailure(open, trouble: nil, ofSave: true) == nil)
        let closed = try failure(closesSent: true)
        #expect(state.afterFailure(closed, trouble: nil, ofSave: false) == nil)
        try state.fold(try #require(state.afterFailure(closed, trouble: nil, ofSave: true)))
        #expect(state.sent == nil)
        #expect(state.trouble == trouble)
    }

    @Test func `a save unseen begins with what is unsaved, and with nothing else`() throws {
        var state = DocumentState()
        #expect(state.sendingUnseen(to: .test, at: .at(0)) == nil)
        try state.edit(.set("a", 1))
        try state.fold(try #require(state.sendingUnseen(to: .test, at: .at(1))))
        #expect(state.binding == .test)
        #expect(state.sent?.content == Content(["a": 1]))
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        #expect(state.sendingUnseen(to: .test, at: .at(3)) == nil)
        try state.edit(.set("a", 2))
        let small = Record(.sending(readAt: nil), event: .sending)
        #expect(state.sendingUnseen(to: .test, at: .at(4)) == small)
    }

    /// The first save may have arrived: only a confirmed one says what the server holds.
    @Test func `an open save begun again unseen is not forgotten when edits undid it`() throws {
        var state = try sending(.unset("a"))
        try state.fold(try #require(state.sendingUnseen(to: .test, at: .at(1))))
        #expect(state.sent?.content == Content([:]))
        #expect(state.sent?.edits.editCount == 2)
        let closed = try failure(closesSent: true)
        try state.fold(try #require(state.afterFailure(closed, trouble: nil, ofSave: true)))
        #expect(state.hasUnsaved && state.pendingEdits == 2)
        try state.fold(try #require(state.sendingUnseen(to: .test, at: .at(2))))
        try state.fold(try #require(state.afterSaved(at: .at(3))))
        #expect(state.base == .value(Content([:])) && !state.isUnsettled)
    }

    /// A conflict was settled by an edit, and then reading was switched off: what was read before
    /// the save is out of date after it.
    @Test func `a confirmed save ends the conflict that an earlier read left`() throws {
        var settings = SyncSettings()
        settings.conflictDetection = false
        settings.blindSaves = true
        var state = DocumentState.synced(["a": 0])
        try state.edit(.set("a", 1))
        try state.read(.document(["a": 2], .json))
        try state.edit(.set("a", 2))
        try state.fold(try #require(state.sendingUnseen(to: .test, at: .at(1))))
        try state.fold(try #require(state.afterSaved(at: .at(2))))
        try state.edit(.set("a", 3))
        #expect(state.heldReason(of: DocumentKey(application: "hodor"), in: settings) == nil)
    }

    @Test func `a retry forgets the trouble, where there is one`() throws {
        var state = DocumentState.synced([:])
        #expect(state.afterRetry() == nil)
        state.trouble = trouble
        try state.fold(try #require(state.afterRetry()))
        #expect(state.trouble == nil)
    }
}
