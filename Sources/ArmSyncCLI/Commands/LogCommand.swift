import ArgumentParser
import ArmSync
import ArmSyncStorage
import JSONDocument

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "What happened to a document: the last 200 events, newest last, and totals.",
        discussion: """
            Reads that changed nothing are only counted. With --verbose it shows what discard and \
            resolve --theirs gave up, as far as it is kept.
            """
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let history: JournalHistory
        do throws(StoreError) {
            history = try workspace.journals.history(of: key)
        } catch {
            throw CommandError(error)
        }
        if options.json {
            for entry in history.events { try workspace.console.result(entry.json(of: key)) }
            return try workspace.console.result(history.totalLine)
        }
        guard !history.totals.isEmpty else {
            try workspace.console.say("Nothing has happened to \(key.words) here.")
            if let hint = workspace.hint(at: key) { try workspace.console.say(hint) }
            return
        }
        let screen = LogScreen(console: workspace.console, now: Surroundings.now())
        for line in screen.lines(of: history) { try workspace.console.result(line) }
    }
}
