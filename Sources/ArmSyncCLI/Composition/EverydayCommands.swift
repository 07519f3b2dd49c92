import ArgumentParser

extension ArmSyncCommand {
    /// What people, scripts and cron jobs start all day, and so has to start quickly.
    private static let everyday: [any (ParsableCommand & PlainArguments).Type] = [
        GetCommand.self, SetCommand.self, StatusCommand.self, SyncCommand.self,
    ]

    /// The command of a command line.
    static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        // Help, mistakes and rarer spellings are the parser's.
        try everydayCommand(arguments) ?? parseAsRoot(arguments)
    }

    /// The command of a command line that has nothing but plain words; nil for any other.
    static func everydayCommand(_ arguments: [String]) -> (any ParsableCommand)? {
        let type = everyday.first { $0.configuration.commandName == arguments.first }
        guard let type else { return nil }
        var words = PlainWords(arguments.dropFirst())
        let command = type.init(taking: &words)
        return words.arePlain ? command : nil
    }
}
