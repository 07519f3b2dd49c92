import ArgumentParser

extension ArmSyncCommand {
    /// What people, scripts and cron jobs start all day.
    ///
    /// Each names the root as its `_superCommandName`: the parser then skips what only a root has
    /// to look for, which is a third of such a program's start.
    private static let everyday: [any ParsableCommand.Type] = [
        GetCommand.self, SetCommand.self, StatusCommand.self, SyncCommand.self,
    ]

    /// The command of a command line.
    static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        // Help and mistakes go the long way too, so that the root tells of them in its words.
        try everydayCommand(arguments) ?? parseAsRoot(arguments)
    }

    private static func everydayCommand(_ arguments: [String]) -> (any ParsableCommand)? {
        let type = everyday.first { $0.configuration.commandName == arguments.first }
        guard let type, let command = try? type.parseAsRoot(Array(arguments.dropFirst())),
            Swift.type(of: command) == type
        else { return nil }
        return command
    }
}
