import ArgumentParser
import ArmProtocol
import ArmSync

/// One run of `sync` or `pull`: the lock, the engine, what is said, the exit code.
struct SyncSession {
    let workspace: Workspace
    let notices: StorageNotices
    let plan: SyncPlan
    /// Ends the command that brings news to a person, where a signal ends the run.
    let afterwards = RunEnding()

    init(_ options: SharedOptions, _ plan: SyncPlan) throws(CommandError) {
        let notices = StorageNotices()
        self.init(try Workspace(options, notices: notices), notices, plan)
    }

    init(_ workspace: Workspace, _ notices: StorageNotices, _ plan: SyncPlan) {
        self.workspace = workspace
        self.notices = notices
        self.plan = plan
    }

    func run() throws {
        let end = try runLocked()
        if let complaint = end.errand?.carryOut(until: afterwards) {
            Console.warn("arm-sync: \(complaint)")
        }
        try (end.cause ?? afterwards.cause)?.end()
        try end.status.end()
    }

    /// What is left to do when the lock is given back.
    private struct End {
        var status: ExitStatus
        var cause: RunEnding.Cause?
        var errand: AttentionErrand?
    }

    private func runLocked() throws -> End {
        let lock = try takeLock()
        defer { lock?.unlock() }
        let (summary, cause) = try carryOut()
        if workspace.console.isJSON {
            for line in summary.json { try workspace.console.result(line) }
        } else {
            let screen = SyncScreen(console: workspace.console, now: Surroundings.now())
            for line in screen.lines(of: summary) { try workspace.console.say(line) }
        }
        if let failure = summary.failure { CommandError(failure).report() }
        return End(status: summary.status, cause: cause, errand: errand(after: summary, cause))
    }

    /// What a person who is not at this terminal is to hear.
    private func errand(
        after summary: SyncSummary,
        _ cause: RunEnding.Cause?
    ) -> AttentionErrand? {
        guard !plan.isRehearsal, !workspace.configuration.attentionCommand.isEmpty,
            let overview = try? workspace.overview()
        else { return nil }
        if case .signal = cause { return nil }
        let concerns = Concerns(
            overview,
            failures: summary.failures(besides: notices.failures),
            at: Surroundings.now(),
            warnAfter: workspace.configuration.warnAfter
        )
        return AttentionErrand(after: concerns, in: workspace) {
            Concerns.isSeen($0, in: overview, of: workspace.flagged)
        }
    }

    /// The right to sync; a rehearsal changes nothing and needs none.
    private func takeLock() throws(CommandError) -> (any SyncLock)? {
        if plan.isRehearsal { return nil }
        do {
            return try lock()
        } catch {
            let advice = error.isBusy ? "Its result is in: arm-sync status" : nil
            throw CommandError(error, advice: advice)
        }
    }

    func lock() throws(StoreError) -> any SyncLock {
        try LockWait(patience: plan.patience).take(
            { () throws(StoreError) in try workspace.store.lockSync() },
            pause: Surroundings.pause
        )
    }

    /// Runs the engine over the documents; what was done is told even where the run could not end
    /// well.
    func carryOut() throws(CommandError) -> (summary: SyncSummary, cause: RunEnding.Cause?) {
        let ending = RunEnding()
        StopSignals.deliver { [afterwards] signal in
            ending.end(because: .signal(signal))
            afterwards.end(because: .signal(signal))
        }
        let keys = try workspace.documents()
        let (mode, limit) = (plan.mode, plan.limit)
        let showsProgress =
            !plan.isUnattended
            && workspace.console.showsProgress(
                of: keys.count,
                environment: workspace.surroundings.environment
            )
        let done = try workspace.withEngine(rehearses: plan.isRehearsal) { engine in
            await ending.run(within: limit) {
                var reports: [DocumentKey: SyncReport] = [:]
                var failure: StoreError?
                var progress = ProgressLine(total: keys.count)
                if showsProgress { Console.progress(progress.text) }
                do throws(StoreError) {
                    try await engine.run(keys, mode: mode) { report in
                        reports[report.key] = report
                        let text = progress.advance(by: report)
                        if showsProgress { Console.progress(text) }
                    }
                } catch {
                    failure = error
                }
                if showsProgress { Console.progress("") }
                return Done(reports: reports, failure: failure)
            }
        }
        let summary = SyncSummary(
            reports: keys.compactMap { done.reports[$0] },
            failure: done.failure,
            isDryRun: plan.isRehearsal
        )
        return (summary, ending.cause)
    }
}

/// What a run did. A type of its own: as a tuple, the release build of Swift 6.3 loses it on its way
/// out of the task, and a sync that went well ends with a segmentation fault.
private struct Done: Sendable {
    var reports: [DocumentKey: SyncReport]
    var failure: StoreError?
}

extension RunEnding.Cause {
    /// Ends the command as shells know it from a program that a signal ended; a run that was out of
    /// time has its own code.
    func end() throws {
        if case .signal(let number) = self { throw ExitCode(128 + number) }
    }
}
