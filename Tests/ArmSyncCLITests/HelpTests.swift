import ArgumentParser
import Testing

@testable import ArmSyncCLI

@Suite("--help is part of the contract")
struct HelpTests {
    private static let commands: [any ParsableCommand.Type] =
        [ArmSyncCommand.self] + subcommands(of: ArmSyncCommand.self)

    private static func subcommands(of command: any ParsableCommand.Type)
        -> [any ParsableCommand.Type]
    {
        command.configuration.subcommands.flatMap { [$0] + subcommands(of: $0) }
    }

    @Test("and the same as ever, of every command", arguments: commands.map { $0._commandName })
    func golden(name: String) throws {
        let command = try #require(Self.commands.first { $0._commandName == name })
        let help = ArmSyncCommand.helpMessage(for: command, columns: 80)
        try Golden.expect(help, is: "help-\(name)")
    }

    @Test("and there is help for every command of this stage")
    func complete() {
        #expect(
            Set(Self.commands.map { $0._commandName }) == [
                "arm-sync", "get", "set", "unset", "patch", "import", "diff", "outbox", "sync",
                "pull", "status", "conflicts", "list", "show", "resolve", "retry", "rebind",
                "merge", "edit", "clear", "discard", "log", "repair", "init", "undo",
            ]
        )
    }
}
