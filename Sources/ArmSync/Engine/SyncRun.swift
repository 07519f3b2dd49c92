import ArmProtocol

/// One run over many documents: the steps of a single one.
struct SyncRun: Sendable {
    let engine: SyncEngine
    let gate: ServerGate
    let mode: SyncMode
    /// What was known of the server when the run began.
    let standing: ServerStanding
    /// Whether its backoff was over then.
    let isServerDue: Bool

    var store: any DocumentStore { engine.store }
    var settings: SyncSettings { engine.settings }

    /// Why a document's steps ended early.
    enum Interruption: Error {
        case store(StoreError)
        case failure(Failure, needsAttention: Bool, Trouble?)
        case cutShort
    }

    /// Reads, decides, saves. Every end is a report, so that one document's failure is its own.
    func sync(_ key: DocumentKey) async -> SyncReport {
        var report = SyncReport(key: key, result: .unchanged)
        do throws(Interruption) {
            if Task.isCancelled { throw .cutShort }
            try refreshCache(of: key)
            for _ in 0..<SyncEngine.roundLimit {
                guard try await takeRound(with: key, &report) else { break }
            }
        } catch {
            switch error {
            case .store(let error):
                report.result = .storeFailed(error)
            case .failure(let failure, let needsAttention, let trouble):
                report.result = .failed(failure.kind)
                report.failure = failure
                report.needsAttention = needsAttention
                report.trouble = trouble
            case .cutShort:
                report.result = .cutShort
            }
        }
        return report
    }

    /// The report of a document that the state says is to be left alone in this run; nil for every
    /// other, and for one that shows trouble on the way.
    ///
    /// An unattended run finds most documents so, every minute: they cost a look at two files, and
    /// no task.
    func reportIfNotDue(_ key: DocumentKey, _ state: DocumentState) async -> SyncReport? {
        let held = foreignServer(state) ?? state.heldReason(of: key, in: settings)
        guard held?.forbidsReading != true, !isDue(state, key, isHeld: held != nil),
            !Task.isCancelled, (try? refreshCache(of: key)) != nil
        else { return nil }
        var report = SyncReport(key: key, result: .unchanged)
        await reportNotDue(state, held, &report)
        return report
    }

    /// One read and, where something waits, one save; true where edits came in meanwhile.
    private func takeRound(
        with key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) -> Bool {
        let state = try load(key)
        let held = foreignServer(state) ?? state.heldReason(of: key, in: settings)
        if let held, held.forbidsReading {
            report.result = .held(held)
            return false
        }
        guard isDue(state, key, isHeld: held != nil) else {
            await reportNotDue(state, held, &report)
            return false
        }
        guard let content = try await contentToSend(key, &report) else { return false }
        try await save(content, of: key, &report)
        if let readKey = settings.readKey(for: key) {
            try await readBack(readKey, for: key, &report)
        }
        return try load(key).hasUnsaved
    }

    /// Reads the server's document where that can be done and decides; nil where nothing is sent.
    private func contentToSend(
        _ key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) -> Content? {
        guard let readKey = settings.readKey(for: key) else {
            return mode.sends ? try contentToSendUnseen(key, &report) : nil
        }
        let userData = try await read(readKey, for: key, &report)
        switch try await decide(on: userData, key, &report) {
        case .send(let content): return content
        case .settled(let tookOver): if tookOver { report.result = .merged }
        case .held(let reason): report.result = .held(reason)
        }
        return nil
    }

    private func contentToSendUnseen(
        _ key: DocumentKey,
        _ report: inout SyncReport
    ) throws(Interruption) -> Content? {
        let moment = engine.now()
        var held: HeldReason?
        let state = try commit(key, at: moment) { state in
            // A conflict seen while reading was possible stays held now that it is not.
            held = foreignServer(state) ?? state.heldReason(of: key, in: settings)
            return held == nil ? state.sendingUnseen(to: engine.binding, at: moment) : nil
        }
        if let held {
            report.result = .held(held)
            return nil
        }
        return state.sent?.content
    }

    /// A document may have been given to another server while this one was asked.
    private func foreignServer(_ state: DocumentState) -> HeldReason? {
        guard let binding = state.binding, binding != engine.binding else { return nil }
        return .foreignServer
    }

    private func decide(
        on userData: UserData,
        _ key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) -> ReadDecision.Step {
        let moment = engine.now()
        var isUnchanged = false
        var step = ReadDecision.Step.settled(tookOver: false)
        var pending = 0
        let after = try commit(key, at: moment) { state in
            pending = state.pendingEdits
            if let held = foreignServer(state) {
                step = .held(held)
                return nil
            }
            let decision = state.afterReading(
                userData,
                from: engine.binding,
                by: settings.mergeRules(for: key.application),
                at: moment,
                sends: mode.sends
            )
            step = decision.step
            isUnchanged = decision.record == nil
            if decision.record?.event == .merged { report.result = .merged }
            return decision.record
        }
        if isUnchanged { await gate.recordUnchanged(key, at: moment) }
        if after.pendingEdits < pending {
            // The edits are there already: a save whose answer was lost, or the same by a rival.
            report.edits += pending - after.pendingEdits
            if case .settled(false) = step { report.result = .saved }
        }
        return step
    }

    /// What is held or waits for its time stays in the report, so that silence never means that
    /// all is well.
    private func reportNotDue(
        _ state: DocumentState,
        _ held: HeldReason?,
        _ report: inout SyncReport
    ) async {
        let servers = await gate.standing.trouble
        let trouble = state.trouble ?? servers
        report.waits = state.isUnsettled
        report.trouble = trouble
        report.needsAttention = trouble?.needsAttention(at: engine.now()) ?? false
        report.result = held.map(SyncReport.Result.held) ?? .skipped
    }

    private func isDue(_ state: DocumentState, _ key: DocumentKey, isHeld: Bool) -> Bool {
        guard mode.onlyIfDue else { return true }
        guard isServerDue else { return false }
        return state.isDue(
            key,
            isHeld: isHeld,
            sends: mode.sends,
            server: standing,
            in: settings,
            at: engine.now()
        )
    }
}
