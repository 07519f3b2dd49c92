import ArgumentParser
import ArmProtocol
import ArmSync

struct ConflictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "What somebody has to decide.",
        subcommands: [ConflictsList.self, ConflictsShow.self],
        defaultSubcommand: ConflictsList.self
    )
}

struct ConflictsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the documents that somebody has to decide about."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let (conflicts, status) = try workspace.openConflicts()
        if options.json {
            for line in conflicts.flatMap({ $0.json() }) { try workspace.console.result(line) }
        } else if status == .done {
            try workspace.console.say("There are no conflicts.")
        }
        if !options.json {
            let naming = workspace.naming
            for conflict in conflicts {
                let (reason, key) = (conflict.reason, conflict.key)
                let advice = HeldAdvice(reason: reason, key: key, naming: naming)
                let title = workspace.console.palette.paint(advice.title, .needsPerson)
                try workspace.console.result("\(conflict.key.words.printable)  \(title)")
                let places = conflict.places.map(\.name)
                for line in advice.lines(workspace.console.width, about: places) {
                    try workspace.console.result(line)
                }
            }
        }
        try status.end()
    }
}

struct ConflictsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show both sides of what somebody has to decide."
    )

    @Argument(help: "A JSON Pointer; everything unless given.")
    var pointer = ""

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let pointer = try Pointers.parse(pointer)
        let (conflicts, status) = try workspace.openConflicts()
        let screen = ConflictScreen(console: workspace.console, naming: workspace.naming)
        for conflict in conflicts {
            if options.json {
                for line in conflict.json(at: pointer) { try workspace.console.result(line) }
            } else {
                for line in screen.lines(of: conflict, at: pointer) {
                    try workspace.console.result(line)
                }
            }
        }
        if status == .done && !options.json {
            try workspace.console.say("There are no conflicts.")
        }
        try status.end()
    }
}

extension Workspace {
    /// Every document here, or the one named by flags, that is held over its contents; and how a
    /// command that shows them ends.
    func openConflicts() throws(CommandError) -> (conflicts: [OpenConflict], status: ExitStatus) {
        var conflicts: [OpenConflict] = []
        var statuses: [ExitStatus] = []
        for key in try documents() {
            let state: DocumentState
            do {
                state = try store.state(of: key)
            } catch {
                // One damaged journal must not hide the conflicts of the others, nor pass for a
                // document without any.
                let error = CommandError(error)
                error.report()
                statuses.append(error.status)
                continue
            }
            if let conflict = OpenConflict(key, state, configuration.sync) {
                conflicts.append(conflict)
                statuses.append(.needsPerson)
            }
        }
        return (conflicts, .worst(statuses))
    }
}
