import ArgumentParser
import ArmProtocol
import ArmSync
import ArmSyncStorage

/// One run of `sync --cron`: the run itself in silence, then a word about what is new.
struct UnattendedRun {
    let options: SharedOptions
    let plan: SyncPlan

    func run() throws {
        let workspace: Workspace
        let notices = StorageNotices(keepingFailures: true)
        var options = options
        // What a credentials command has to say would come with every try.
        options.quiet = true
        do {
            workspace = try Workspace(options, notices: notices)
        } catch {
            return try end(with: error, in: Workspace.storeDespiteMistakes(options, notices))
        }
        let session = SyncSession(workspace, notices, plan)
        let end: SyncEnd
        do {
            let lock: any SyncLock
            do {
                lock = try session.lock()
            } catch {
                // Whoever syncs now sees to it; what he leaves undone the next run tells.
                if error.isBusy { return }
                throw CommandError(error)
            }
            defer { lock.unlock() }
            end = try run(session)
        }
        // What it has to complain of the next run tells.
        _ = end.errand?.carryOut(until: session.errandEnding)
        try end.cause?.end()
        try end.status.end()
    }

    private func run(_ session: SyncSession) throws -> SyncEnd {
        let workspace = session.workspace
        let outlook = try Outlook(of: workspace)
        guard outlook.isAnythingDue else { return try end(outlook.overview, in: workspace) }
        session.heedSignals()
        let (summary, cause): (SyncSummary, RunEnding.Cause?)
        do {
            (summary, cause) = try session.carryOut()
        } catch {
            let concerns = try concerns(of: error)
            try say(concerns, in: workspace.store, isSeen: isConfiguration)
            return SyncEnd(
                status: concerns.status,
                errand: AttentionErrand(after: concerns, in: workspace, isSeen: isConfiguration)
            )
        }
        let failures = summary.failures(besides: session.notices.failures)
        return try end(try workspace.overview(), failures: failures, in: workspace, cause)
    }

    /// Tells what there is to tell, and what the run exits with for it.
    private func end(
        _ overview: Overview,
        failures: [(key: DocumentKey?, error: StoreError)] = [],
        in workspace: Workspace,
        _ cause: RunEnding.Cause? = nil
    ) throws -> SyncEnd {
        let concerns = Concerns(
            overview,
            failures: failures,
            at: Surroundings.now(),
            warnAfter: workspace.configuration.warnAfter
        )
        let hasCommand = !workspace.configuration.attentionCommand.isEmpty
        let trouble = hasCommand ? overview.server.attention.trouble : nil
        let all = Concerns(concerns.all + (trouble.map { [Concern(ofAttention: $0)] } ?? []))
        func isSeen(_ identity: Announcement.Identity) -> Bool {
            Concerns.isSeen(identity, in: overview, of: workspace.flagged)
        }
        try say(all, in: workspace.store, isSeen: isSeen)
        var end = SyncEnd(status: concerns.status, cause: cause)
        guard cause?.exitCode == nil else { return end }
        end.errand = AttentionErrand(after: concerns, in: workspace, isSeen: isSeen)
        return end
    }

    /// Says what is new and remembers it. What lies outside of what was looked at stays as it was.
    private func say(
        _ concerns: Concerns,
        in store: any DocumentStore,
        isSeen: (Announcement.Identity) -> Bool
    ) throws {
        var standing = store.serverStanding()
        let announcing = Announcing(
            before: standing.announced.filter { isSeen($0.identity) },
            findings: concerns.all.map(\.finding),
            at: Surroundings.now()
        )
        for line in concerns.lines(announcing) { Console.warn(line) }
        let after = standing.announced.filter { !isSeen($0.identity) } + announcing.after
        guard after != standing.announced else { return }
        standing.announced = after
        // Where it cannot be remembered it is said once more, and that is all.
        try? store.remember(standing)
    }

    /// A run that could not begin: its mistake is said once like everything else.
    private func end(with error: CommandError, in store: (any DocumentStore)?) throws {
        guard let store else { throw error }
        let concerns = try concerns(of: error)
        try say(concerns, in: store, isSeen: isConfiguration)
        try concerns.status.end()
    }

    private func concerns(of error: CommandError) throws(CommandError) -> Concerns {
        guard error.status == .configuration else { throw error }
        return Concerns([Concern(error, at: Surroundings.now())])
    }

    private func isConfiguration(_ identity: Announcement.Identity) -> Bool {
        ConcernKind(identity) == .configuration
    }
}

extension SyncSummary {
    /// Failures of the store that are no standing of a document, at most one each.
    func failures(
        besides notices: [StorageNotice]
    ) -> [(key: DocumentKey?, error: StoreError)] {
        let single = reports.compactMap { report -> (key: DocumentKey?, error: StoreError)? in
            guard case .storeFailed(let error) = report.result, error.code != .unreadable else {
                return nil
            }
            return (report.key, error)
        }
        let behind = notices.map { (key: $0.key, error: StoreError(.failed, $0.message)) }
            .filter { notice in !single.contains { $0.key == notice.key } }
        return single + behind + (failure.map { [(nil, $0)] } ?? [])
    }
}
