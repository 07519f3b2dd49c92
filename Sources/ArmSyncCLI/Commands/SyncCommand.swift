import ArgumentParser
import ArmProtocol
import ArmSync

struct SyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Read, compare, save: every document, or the one named by flags.",
        discussion: """
            With --json a line for each document comes first. The last line is always the sum, with \
            the exit code, however the run ended: busy, out of time, by a signal, or without having \
            begun. Only a mistake in the arguments (64) and a process that was killed leave none.
            """
    )

    @Flag(help: "Only what is due: obey backoff and refresh intervals.")
    var ifDue = false

    @Flag(
        help: """
            For unattended runs: only what is due; silent but for what newly needs somebody, and \
            its end.
            """
    )
    var cron = false

    @Flag(help: "Read, and say what would be done; write nothing, here or there.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("Wait that long for a sync that is running.", valueName: "duration"),
        transform: Duration.argument
    )
    var wait: Duration?

    @Option(
        help: ArgumentHelp("End the run after that long.", valueName: "duration"),
        transform: Duration.argument
    )
    var maxTime: Duration?

    @OptionGroup var options: SharedOptions

    func validate() throws {
        if cron && dryRun { throw ValidationError("--cron and --dry-run exclude each other.") }
        if cron && options.json {
            throw ValidationError("--cron prints nothing; leave --json out.")
        }
    }

    func run() throws {
        let plan = SyncPlan(
            mode: SyncMode(onlyIfDue: ifDue || cron),
            isRehearsal: dryRun,
            patience: wait ?? .zero,
            limit: maxTime,
            isUnattended: cron
        )
        if cron { return try UnattendedRun(options: options, plan: plan).run() }
        try SyncSession.run(options, plan)
    }
}

extension SyncCommand: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        ifDue = words.flag("--if-due")
        cron = words.flag("--cron")
        dryRun = words.flag("--dry-run")
        wait = words.value("--wait", as: Duration.init(words:))
        maxTime = words.value("--max-time", as: Duration.init(words:))
        options = SharedOptions(taking: &words)
        words.positionals(0...0)
    }
}

struct PullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Read what the server holds; send nothing."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        try SyncSession.run(options, SyncPlan(mode: SyncMode(sends: false)))
    }
}

extension Duration {
    /// A span of time as an option takes it.
    static func argument(_ text: String) throws -> Duration {
        guard let duration = Duration(words: text) else {
            throw ValidationError("'\(text)' is no duration such as 30s, 15m or 1h.")
        }
        return duration
    }
}
