import ArgumentParser
import ArmProtocol
import ArmSync

/// One run of `sync` or `pull`: the lock, the engine, what is said, the exit code.
struct SyncSession {
    let workspace: Workspace
    let notices: StorageNotices
    let plan: SyncPlan
    let ending: RunEnding
    /// Ends the command that brings news to a person, where a signal comes only then.
    let errandEnding = RunEnding()

    init(
        _ workspace: Workspace,
        _ notices: StorageNotices,
        _ plan: SyncPlan,
        ending: RunEnding = RunEnding()
    ) {
        self.workspace = workspace
        self.notices = notices
        self.plan = plan
        self.ending = ending
    }

    /// Runs, and tells what came of it. With `--json` the last line tells of the end, whatever that
    /// was: scripts rely on it.
    static func run(_ options: SharedOptions, _ plan: SyncPlan) throws {
        let ending = RunEnding()
        do {
            let notices = StorageNotices()
            let workspace = try Workspace(options, notices: notices)
            try SyncSession(workspace, notices, plan, ending: ending).run()
        } catch let error as CommandError {
            if options.json {
                let code = ending.cause?.exitCode ?? error.status.rawValue
                let summary = SyncSummary(reports: [], isDryRun: plan.isRehearsal)
                // Where it was standard output that failed, the error alone is left to tell.
                for line in summary.json(endingWith: code) { try? Console.write(line) }
            }
            guard let cause = ending.cause, cause.exitCode != nil else { throw error }
            error.report()
            try cause.end()
        }
    }

    private func run() throws {
        heedSignals()
        let end = try runLocked()
        if let complaint = end.errand?.carryOut(until: errandEnding) {
            Console.warn("arm-sync: \(complaint)")
        }
        try end.cause?.end()
        try end.status.end()
    }

    private func runLocked() throws -> SyncEnd {
        let lock = try takeLock()
        defer { lock?.unlock() }
        let (summary, cause) = try carryOut()
        let code = cause?.exitCode ?? summary.status.rawValue
        if workspace.console.isJSON {
            for line in summary.json(endingWith: code) { try workspace.console.result(line) }
        } else {
            let screen = SyncScreen(
                console: workspace.console,
                now: Surroundings.now(),
                transport: workspace.transport,
                naming: workspace.naming
            )
            for line in screen.lines(of: summary) { try workspace.console.say(line) }
        }
        if let failure = summary.failure { CommandError(failure).report() }
        return SyncEnd(status: summary.status, cause: cause, errand: errand(after: summary))
    }

    /// What a person who is not at this terminal is to hear.
    private func errand(after summary: SyncSummary) -> AttentionErrand? {
        guard !plan.isRehearsal, !workspace.configuration.attentionCommand.isEmpty,
            ending.cause?.exitCode == nil, let overview = try? workspace.overview()
        else { return nil }
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
            isGivenUp: { ending.cause != nil },
            pause: Surroundings.pause
        )
    }

    /// Lets a signal end the run in order; to be called before it is carried out.
    func heedSignals() {
        StopSignals.deliver { [ending, errandEnding] signal in
            ending.end(because: .signal(signal))
            errandEnding.end(because: .signal(signal))
        }
    }

    /// Runs the engine over the documents; what was done is told even where the run could not end
    /// well.
    func carryOut() throws(CommandError) -> (summary: SyncSummary, cause: RunEnding.Cause?) {
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

/// What is left to do when the lock is given back.
struct SyncEnd {
    var status: ExitStatus
    var cause: RunEnding.Cause?
    var errand: AttentionErrand?
}

/// What a run did. A type of its own: as a tuple, the release build of Swift 6.3 loses it on its way
/// out of the task, and a sync that went well ends with a segmentation fault.
private struct Done: Sendable {
    var reports: [DocumentKey: SyncReport]
    var failure: StoreError?
}

extension RunEnding.Cause {
    /// Ends the command as shells know it from a program that a signal ended.
    func end() throws {
        if let exitCode { throw ExitCode(exitCode) }
    }

    /// The code of its own that the run ends with; nil where what was done decides.
    var exitCode: Int32? {
        if case .signal(let number) = self { 128 + number } else { nil }
    }
}
