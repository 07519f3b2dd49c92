import Glibc
import JSONDocument

/// Asks a person at a terminal for the settings that matter first.
struct ConfigurationQuestions: Sendable {
    let width: Int

    /// Whether somebody is there to answer.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// The answers by key, each as its setting takes it.
    ///
    /// An empty answer leaves a setting out.
    func ask(_ settings: [Setting]) throws(CommandError) -> [String: JSONValue] {
        Console.warn("Enter alone leaves a setting out; Ctrl-D stops, and nothing is written.")
        var answers: [String: JSONValue] = [:]
        for setting in settings { answers[setting.key] = try ask(setting) }
        return answers
    }

    private func ask(_ setting: Setting) throws(CommandError) -> JSONValue? {
        Console.warn("")
        for line in Paragraph.wrapped(setting.help, width: width) { Console.warn(line) }
        while true {
            Console.prompt("\(setting.key) (\(setting.expectedInEnvironment)): ")
            guard let line = readLine() else {
                Console.warn("")
                throw CommandError(.usage, "stopped; no configuration was written")
            }
            let answer = line.trimmed
            if answer.isEmpty { return nil }
            let value = setting.value(answer)
            if answer.isText, setting.isTaken(value) { return value }
            let hint = ConfigurationHint.value(value, of: setting)
            let complaint = hint ?? "Expected \(setting.expectedInEnvironment)."
            for line in Paragraph.wrapped(complaint, width: width) { Console.warn(line) }
        }
    }
}

extension String {
    /// Whether the terminal sent UTF-8: what is not arrives as this character.
    fileprivate var isText: Bool { !unicodeScalars.contains("\u{FFFD}") }
}
