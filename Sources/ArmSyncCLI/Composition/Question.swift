import Glibc

/// Asks a person, where there is one.
enum Question {
    /// Whether somebody can be asked.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// The answer to a question; no answer is no.
    static func ask(_ question: String) -> Bool {
        // Where standard error is gone nobody sees the question, and no answer comes.
        let text = Array("\(question) [y/N] ".utf8)
        guard write(STDERR_FILENO, text, text.count) == text.count, let answer = readLine() else {
            return false
        }
        return ["y", "yes"].contains(answer.lowercased())
    }

    /// The answer, unless it was given beforehand.
    ///
    /// - Parameter what: what the command would do, as it goes on from "this".
    static func confirm(
        _ question: String,
        isGiven: Bool,
        orSaying what: String
    ) throws(CommandError) -> Bool {
        if isGiven { return true }
        guard isPossible else {
            throw CommandError(
                .usage,
                "this \(what), and there is no terminal to ask at",
                advice: "If that is what you want, add --yes."
            )
        }
        return ask(question)
    }
}
