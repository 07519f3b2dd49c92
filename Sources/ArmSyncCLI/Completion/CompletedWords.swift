import ArgumentParser

/// The words of the command line that a shell completes, as it passes them: with their quotes.
struct CompletedWords: Sendable {
    private let words: [String]

    init(_ words: [String]) { self.words = words }

    /// The value of an option on the line.
    func value(of names: [String]) -> String? {
        for (index, word) in words.enumerated() {
            for name in names where word.hasPrefix("\(name)=") {
                return Self.unquoted(String(word.dropFirst(name.count + 1)))
            }
            guard names.contains(word) else { continue }
            // Bash takes the sign for a word of its own.
            let rest = words.dropFirst(index + 1).drop { $0 == "=" }
            return rest.first.map(Self.unquoted)
        }
        return nil
    }

    /// The word as the shell that asks will take it to be meant literally.
    static func literal(_ id: String) -> String {
        // Bash expands what is in the list: a name with $(…) in it would be run.
        if CompletionShell.requesting == .bash { return id.shellWord }
        // In zsh a description stands behind a colon, unless a backslash is in front of that.
        guard CompletionShell.requesting == .zsh else { return id }
        return id.map { ":\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// What a person meant by a quoted word, as far as quotes and backslashes go.
    static func unquoted(_ word: String) -> String {
        var text = ""
        var quote: Character?
        var isEscaped = false
        for character in word {
            if isEscaped {
                text.append(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            } else {
                text.append(character)
            }
        }
        return text
    }
}
