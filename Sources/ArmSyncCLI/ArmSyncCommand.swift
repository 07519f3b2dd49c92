import ArgumentParser
import Glibc

/// The root of the command line.
struct ArmSyncCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "arm-sync",
        abstract: "Keeps user data at hand while the link to the switch comes and goes.",
        discussion: """
            Edits are safe on disk before a command returns, and reach the switch with the next \
            sync. Nothing there is overwritten unseen: what another station changed meanwhile is \
            reported.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Documents",
                subcommands: [
                    GetCommand.self, SetCommand.self, UnsetCommand.self, PatchCommand.self,
                    MergeCommand.self, ImportCommand.self, EditCommand.self, ClearCommand.self,
                ]
            ),
            CommandGroup(
                name: "What waits",
                subcommands: [
                    DiffCommand.self, OutboxCommand.self, DiscardCommand.self, UndoCommand.self,
                ]
            ),
            CommandGroup(
                name: "The switch",
                subcommands: [
                    SyncCommand.self, PullCommand.self, StatusCommand.self, RetryCommand.self,
                    RebindCommand.self,
                ]
            ),
            CommandGroup(
                name: "Conflicts",
                subcommands: [ConflictsCommand.self, ResolveCommand.self]
            ),
            CommandGroup(
                name: "Looking after it",
                subcommands: [LogCommand.self, RepairCommand.self]
            ),
            CommandGroup(name: "This station", subcommands: [InitCommand.self]),
        ]
    )
}

@main
enum Program {
    /// Parses, runs, and turns errors into words on standard error and exit codes.
    static func main() {
        StandardStreams.occupy()
        do {
            var command = try ArmSyncCommand.parsed(CommandLineText.words())
            try command.run()
        } catch let error as CommandError {
            error.report()
            exit(error.status.rawValue)
        } catch let code as ExitCode {
            // Not by the parser, which would put its help together before it exits.
            exit(code.rawValue)
        } catch {
            ArmSyncCommand.exit(withError: error)
        }
    }
}
