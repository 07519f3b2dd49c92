import Glibc
import JSONDocument

extension Editor {
    /// The editor of this environment, or what to do without one.
    static func chosen(in environment: [String: String]) throws(CommandError) -> Editor {
        if let editor = Editor(environment: environment, isProgram: { access($0, X_OK) == 0 }) {
            return editor
        }
        throw CommandError(
            .configuration,
            "there is no editor",
            advice: "Name one: VISUAL=nano arm-sync edit"
        )
    }

    /// What a file holds once somebody is content with it; one may retry after a mistake.
    ///
    /// - Parameter advice: what to type where nobody can be asked.
    func value(
        of file: EditingFile,
        keepsOutput: Bool,
        orElse advice: String?
    ) throws(CommandError) -> JSONValue {
        while true {
            if let end = try open(file.path, keepsOutput: keepsOutput) {
                throw CommandError(.badInput, "\(end); nothing was stored")
            }
            let bytes = try InputFile.contents(of: file.path)
            do throws(JSONParseError) {
                return try JSONValue(parsing: bytes)
            } catch {
                let problem =
                    "this is not JSON: line \(error.line), column \(error.column): "
                    + error.message
                let failure = CommandError(.badInput, problem, advice: advice)
                guard Question.isPossible else { throw failure }
                Console.complain(problem.printable)
                guard Question.ask("Edit again?") else { throw failure }
            }
        }
    }
}
