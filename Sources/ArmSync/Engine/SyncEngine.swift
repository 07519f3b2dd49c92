package import ArmProtocol

/// Carries out what the pure decisions say: reads, saves, journals, document by document.
///
/// Whoever runs it holds the store's sync lock: only then may an open save be settled.
package struct SyncEngine: Sendable {
    /// Most times one run goes back to a document because edits came in during its save.
    static let roundLimit = 3

    let store: any DocumentStore
    let transport: any Transport
    let settings: SyncSettings
    let binding: Binding
    /// What the files behind the credentials look like; nil where nothing can change.
    let credentialsMark: String?
    let now: @Sendable () -> Timestamp
    /// From 0 to 1, for jitter.
    let chance: @Sendable () -> Double

    package init(
        store: any DocumentStore,
        transport: any Transport,
        settings: SyncSettings,
        binding: Binding,
        credentialsMark: String? = nil,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.store = store
        self.transport = transport
        self.settings = settings
        self.binding = binding
        self.credentialsMark = credentialsMark
        self.now = now
        self.chance = chance
    }

    /// Syncs the documents, several at once, and tells of each as it is done.
    ///
    /// What happened to the server is remembered at the end, for the backoff of later runs.
    /// Cancelling the task ends the run early and cleanly: requests under way are cancelled, no new
    /// document is begun, and neither the server nor a document is blamed for it.
    package func run(
        _ keys: [DocumentKey],
        mode: SyncMode,
        onReport: (SyncReport) -> Void
    ) async throws(StoreError) {
        var standing = store.serverStanding()
        if standing.binding != binding { standing = standing.renewed(for: binding) }
        let isServerDue =
            settings.retry.isDue(standing.trouble, at: now())
            || standing.hasOtherCredentials(credentialsMark)
        let gate = ServerGate(standing: standing, policy: settings.retry)
        let run = SyncRun(
            engine: self,
            gate: gate,
            mode: mode,
            standing: standing,
            isServerDue: isServerDue
        )

        for share in await shares(of: keys, in: run, onReport) {
            await self.run(run, over: share, gate, onReport)
        }
        var after = await gate.standing
        guard after != standing else { return }
        // Not where nothing was asked: the change would be forgotten before it was tried.
        after.credentialsMark = credentialsMark
        try store.remember(after)
    }

    /// One document at a time until the server has answered, then several at once.
    private func run(
        _ run: SyncRun,
        over keys: [DocumentKey],
        _ gate: ServerGate,
        _ onReport: (SyncReport) -> Void
    ) async {
        var waiting = keys[...]
        while let key = waiting.first, await !gate.hasContact {
            waiting.removeFirst()
            onReport(await run.sync(key))
        }
        let parallel = max(settings.parallel, 1)
        await withTaskGroup(of: SyncReport.self) { group in
            for key in waiting.prefix(parallel) {
                group.addTask { await run.sync(key) }
            }
            waiting = waiting.dropFirst(parallel)
            while let report = await group.next() {
                onReport(report)
                if let key = waiting.popFirst() {
                    group.addTask { await run.sync(key) }
                }
            }
        }
    }

    /// What there is to do, in two parts, once what is not due has been told of.
    ///
    /// Documents with trouble of their own come when all others are done: two of them that fail
    /// alike look like the server's failure, and would stop all behind them in every run.
    private func shares(
        of keys: [DocumentKey],
        in run: SyncRun,
        _ onReport: (SyncReport) -> Void
    ) async -> [[DocumentKey]] {
        var calm: [DocumentKey] = []
        var troubled: [DocumentKey] = []
        for key in keys {
            let state = try? store.state(of: key)
            if let state, let report = await run.reportIfNotDue(key, state) {
                onReport(report)
            } else if state?.trouble != nil {
                troubled.append(key)
            } else {
                calm.append(key)
            }
        }
        return [calm, troubled]
    }
}
