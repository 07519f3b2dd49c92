import ArmProtocol

extension SyncRun {
    /// Asks for the server's document; a failure is journalled before it is thrown.
    func read(
        _ readKey: DocumentKey,
        for key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) -> UserData {
        try await exchange(.read(readKey), for: key, &report) { response in
            if case .userData(let userData) = response { userData } else { nil }
        }
    }

    /// Sends what the journal already holds as sent, and journals how that ended.
    func save(
        _ content: Content,
        of key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) {
        let request = ArmRequest.save(key, .document(content.value, content.form))
        try await exchange(request, for: key, &report) { response in
            if case .saved = response { () } else { nil }
        }
        let moment = engine.now()
        var confirmed = 0
        try commit(key, at: moment) { state in
            confirmed = state.sent?.edits.editCount ?? 0
            return state.afterSaved(
                by: settings.mergeRules(for: key.application),
                at: moment,
                isWatched: settings.readKey(for: key) != nil
            )
        }
        if report.result != .merged { report.result = .saved }
        report.edits += confirmed
    }

    /// Looks whether the server holds what it was given.
    ///
    /// The save is confirmed already: where this cannot be found out now, the next read tells.
    func readBack(
        _ readKey: DocumentKey,
        for key: DocumentKey,
        _ report: inout SyncReport
    ) async throws(Interruption) {
        if await gate.stop != nil || Task.isCancelled { return }
        report.requests += 1
        let moment = engine.now()
        switch await engine.transport.exchange(.read(readKey)).judged {
        case .success(.userData(let userData)):
            await gate.recordContact(at: moment, ofSave: false)
            let state = try commit(key, at: moment) { $0.afterReadingBack(userData) }
            if let held = state.heldReason(of: key, in: settings) { report.result = .held(held) }
        case .success: break
        case .failure(let failure) where failure.scope != .server || Task.isCancelled: break
        case .failure(let failure):
            // The others need not find it out again.
            _ = await gate.record(failure, at: moment, chance: engine.chance(), ofSave: false)
        }
    }

    /// - Parameter read: what the answer says, or nil where it answers another command.
    private func exchange<Said>(
        _ request: ArmRequest,
        for key: DocumentKey,
        _ report: inout SyncReport,
        _ read: (ArmResponse) -> Said?
    ) async throws(Interruption) -> Said {
        if let stop = await gate.stop {
            // Nothing is sent any more: the save that was about to begin is closed.
            try await fail(stop.notSent, request, key, isNew: false)
        }
        if Task.isCancelled { try cutShort(request, key, isSent: false) }
        report.requests += 1
        let exchange = await engine.transport.exchange(request)
        let judged = exchange.judged
        // We hung up: that is no trouble of the server's or the document's. A save that may have
        // arrived stays open, and the next read settles it.
        if case .failed = exchange, case .failure(let failure) = judged, Task.isCancelled {
            try cutShort(request, key, isSent: !failure.closesSent)
        }
        switch judged {
        case .success(let response):
            guard let said = read(response) else {
                try await fail(.answerToAnother, request, key, isNew: true)
            }
            await gate.recordContact(at: engine.now(), ofSave: request.isSave)
            return said
        case .failure(let failure):
            if failure.kind == .refused {
                await gate.recordContact(at: engine.now(), ofSave: request.isSave)
            }
            try await fail(failure, request, key, isNew: true)
        }
    }

    private func cutShort(
        _ request: ArmRequest,
        _ key: DocumentKey,
        isSent: Bool
    ) throws(Interruption) -> Never {
        if request.isSave && !isSent {
            try commit(key, at: engine.now()) { $0.afterNotSending() }
        }
        throw .cutShort
    }

    /// Keeps what a failure leaves behind, at the server's standing or in the journal, and throws.
    private func fail(
        _ failure: Failure,
        _ request: ArmRequest,
        _ key: DocumentKey,
        isNew: Bool
    ) async throws(Interruption) -> Never {
        let moment = engine.now()
        let chance = engine.chance()
        var isServers = true
        if isNew {
            isServers = await gate.record(
                failure,
                at: moment,
                chance: chance,
                ofSave: request.isSave
            )
        }
        var trouble: Trouble?
        if !isServers || (request.isSave && failure.closesSent) {
            try commit(key, at: moment) { state in
                if !isServers {
                    trouble = settings.retry.trouble(
                        after: failure,
                        previous: state.trouble,
                        at: moment,
                        chance: chance
                    )
                }
                return state.afterFailure(failure, trouble: trouble, ofSave: request.isSave)
            }
        }
        let standing = await gate.standing
        let cause = isServers ? standing.trouble : trouble
        throw .failure(
            failure,
            needsAttention: cause?.needsAttention(at: moment) ?? false,
            cause
        )
    }

    func load(_ key: DocumentKey) throws(Interruption) -> DocumentState {
        do { return try store.state(of: key) } catch { throw .store(error) }
    }

    func refreshCache(of key: DocumentKey) throws(Interruption) {
        do { try store.refreshCache(of: key, at: engine.now()) } catch { throw .store(error) }
    }

    @discardableResult
    func commit(
        _ key: DocumentKey,
        at time: Timestamp,
        _ decide: (DocumentState) -> Record?
    ) throws(Interruption) -> DocumentState {
        do { return try store.commit(key, at: time, decide) } catch { throw .store(error) }
    }
}

extension ArmRequest {
    fileprivate var isSave: Bool {
        if case .save = self { true } else { false }
    }
}

extension Failure {
    /// The same cause, met before anything was sent.
    fileprivate var notSent: Failure {
        var failure = self
        failure.closesSent = true
        return failure
    }

    /// A save is confirmed by nothing but the answer to a save: what came back instead, from a cache
    /// or a broken transport, leaves it open.
    fileprivate static var answerToAnother: Failure {
        Failure(
            kind: .garbled,
            code: "answer",
            message: "the server's answer belongs to another command",
            scope: .suspect,
            closesSent: false
        )
    }
}
