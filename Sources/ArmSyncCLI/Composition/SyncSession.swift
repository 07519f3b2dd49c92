import ArmProtocol
import ArmSync

/// One run of `sync` or `pull`: the lock, the engine, what is said, the exit code.
struct SyncSession {
    let workspace: Workspace
    let mode: SyncMode

    func run() throws {
        let lock: any SyncLock
        do {
            lock = try workspace.store.lockSync()
        } catch {
            let advice = error.isBusy ? "Its result is in: arm-sync status" : nil
            throw CommandError(error, advice: advice)
        }
        defer { lock.unlock() }
        let keys = try workspace.documents()
        let mode = mode
        let ending = try workspace.withEngine { engine in
            var reports: [SyncReport] = []
            // What was done is told even where the run could not end well.
            var failure: StoreError?
            do throws(StoreError) {
                try await engine.run(keys, mode: mode) { reports.append($0) }
            } catch {
                failure = error
            }
            return Ending(reports: reports, failure: failure)
        }
        let (reports, failure) = (ending.reports, ending.failure)
        let ordered = keys.compactMap { key in reports.first { $0.key == key } }
        let summary = SyncSummary(reports: ordered, failure: failure)
        if workspace.console.isJSON {
            for line in summary.json { try workspace.console.result(line) }
        } else {
            let screen = SyncScreen(console: workspace.console, now: Surroundings.now())
            for line in screen.lines(of: summary) { try workspace.console.say(line) }
        }
        if let failure { CommandError(failure).report() }
        try summary.status.end()
    }
}

/// What a run did. A type of its own: as a tuple, the release build of Swift 6.3 loses it on its way
/// out of the task, and a sync that went well ends with a segmentation fault.
private struct Ending: Sendable {
    var reports: [SyncReport]
    var failure: StoreError?
}

extension StoreError {
    fileprivate var isBusy: Bool {
        if case .busy = code { true } else { false }
    }
}
