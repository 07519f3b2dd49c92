/// A command to type, and what it does.
typealias AdvisedCommand = (command: String, effect: String)

extension [AdvisedCommand] {
    /// One below the other with the effects in a column; where that is too wide, each below its
    /// effect, so that every command is one line to be pasted.
    func lines(_ width: Int) -> [String] {
        let margin = String(repeating: " ", count: 6)
        let column = map(\.command.count).max() ?? 0
        let columned = map { command, effect in
            let padding = String(repeating: " ", count: column - command.count)
            return "\(margin)\(command)\(padding)   \(effect)"
        }
        if columned.allSatisfy({ $0.count <= width }) { return columned }
        return flatMap { ["    To \($0.effect):", margin + $0.command] }
    }
}

/// A command with many words.
enum LongCommand {
    /// One line, or two that a shell reads as one.
    static func lines(_ start: String, _ options: String, width: Int) -> [String] {
        let margin = String(repeating: " ", count: 6)
        let line = "\(margin)\(start) \(options)"
        if line.count <= width { return [line] }
        return ["\(margin)\(start) \\", "\(margin)  \(options)"]
    }
}
