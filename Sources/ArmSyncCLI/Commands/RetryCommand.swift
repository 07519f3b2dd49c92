import ArgumentParser
import ArmProtocol
import ArmSync
import JSONDocument

struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Forget failed tries, so that the next run tries at once."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        var forgotten = 0
        var statuses: [ExitStatus] = []
        for key in try workspace.documents() {
            do throws(CommandError) {
                if try forgetTrouble(of: key, in: workspace) { forgotten += 1 }
            } catch {
                // One damaged journal must not keep the others waiting.
                error.report()
                statuses.append(error.status)
            }
        }
        var standing = workspace.store.serverStanding()
        let hadTrouble = standing.trouble != nil
        // That it failed stays known, so that its end can be told.
        let isAttentionWaiting = standing.attention.trouble != nil
        if hadTrouble || isAttentionWaiting {
            standing.trouble = nil
            standing.attention.trouble?.nextAttempt = Surroundings.now()
            do { try workspace.store.remember(standing) } catch { throw CommandError(error) }
        }
        if options.json {
            try workspace.console.result([
                "documents": .number(JSONNumber(forgotten)), "server": .bool(hadTrouble),
            ])
        } else {
            let isNothing = forgotten == 0 && !hadTrouble && !isAttentionWaiting
            try workspace.console.say(
                isNothing ? "Nothing waits for a retry." : "Forgotten; the next sync tries at once."
            )
        }
        try ExitStatus.worst(statuses).end()
    }

    /// Whether there was any.
    private func forgetTrouble(
        of key: DocumentKey,
        in workspace: Workspace
    ) throws(CommandError) -> Bool {
        // A document without trouble is not touched: one that is not there stays so.
        let before = try workspace.state(of: key)
        guard before.trouble != nil else { return false }
        let after = try workspace.update(key) { state in state.afterRetry() }
        return after.sequence != before.sequence
    }
}
