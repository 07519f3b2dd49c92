import ArgumentParser
import ArmProtocol
import ArmSync

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "The state of everything, offline, at once."
    )

    @Flag(help: "Print one line for monitoring and exit with 0, 1, 2 or 3, as plug-ins do.")
    var check = false

    @Option(
        help: ArgumentHelp(
            "With --check: warn of edits that have waited longer. (default: 1h)",
            valueName: "duration"
        ),
        transform: Duration.argument
    )
    var warning: Duration?

    @Option(
        help: ArgumentHelp(
            "With --check: edits that have waited longer are critical. (default: 24h)",
            valueName: "duration"
        ),
        transform: Duration.argument
    )
    var critical: Duration?

    @OptionGroup var options: SharedOptions

    private var warningAge: Duration { warning ?? .seconds(3600) }
    private var criticalAge: Duration { critical ?? max(.seconds(24 * 3600), warningAge) }

    func validate() throws {
        if check && options.json { throw ValidationError("--check prints a line of its own.") }
        if !check && (warning != nil || critical != nil) {
            throw ValidationError("--warning and --critical belong to --check.")
        }
        if warningAge > criticalAge {
            throw ValidationError("--warning is longer than --critical.")
        }
    }

    func run() throws {
        if check { return try runCheck() }
        let workspace = try Workspace(options)
        let overview = try workspace.overview()
        if options.json {
            return try workspace.console.result(overview.json(workspace.transport))
        }
        let screen = StatusScreen(
            console: workspace.console,
            now: Surroundings.now(),
            transport: workspace.transport,
            naming: workspace.naming
        )
        for line in screen.lines(of: overview) { try workspace.console.result(line) }
    }

    private func runCheck() throws {
        let line: CheckLine
        do {
            line = CheckLine(
                try Workspace(options).overview(),
                warning: warningAge,
                critical: criticalAge,
                at: Surroundings.now()
            )
        } catch {
            line = CheckLine(unknown: error)
        }
        // Colours and widths do not matter here, and the environment may be what is wrong.
        try options.console(in: Surroundings(environment: [:])).result(line.text)
        if line.level != .ok { throw ExitCode(line.level.rawValue) }
    }
}

extension StatusCommand: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        check = words.flag("--check")
        warning = words.value("--warning", as: Duration.init(words:))
        critical = words.value("--critical", as: Duration.init(words:))
        options = SharedOptions(taking: &words)
        words.positionals(0...0)
    }
}
