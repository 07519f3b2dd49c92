import ArgumentParser
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
        for key in try workspace.documents() {
            let before = try workspace.state(of: key).sequence
            let after = try workspace.update(key) { state in state.afterRetry() }
            if after.sequence != before { forgotten += 1 }
        }
        var standing = workspace.store.serverStanding()
        let hadTrouble = standing.trouble != nil
        if hadTrouble {
            standing.trouble = nil
            do { try workspace.store.remember(standing) } catch { throw CommandError(error) }
        }
        if options.json {
            return try workspace.console.result([
                "documents": .number(JSONNumber(forgotten)), "server": .bool(hadTrouble),
            ])
        }
        let isNothing = forgotten == 0 && !hadTrouble
        try workspace.console.say(
            isNothing ? "Nothing waits for a retry." : "Forgotten; the next sync tries at once."
        )
    }
}
