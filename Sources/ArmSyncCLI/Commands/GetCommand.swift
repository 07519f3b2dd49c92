import ArgumentParser
import ArmSync
import JSONDocument

struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the local value, saved or not."
    )

    @Argument(help: "A JSON Pointer such as /filters/0; the whole document unless given.")
    var pointer = ""

    @Flag(help: "Print a string without quotes.")
    var raw = false

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let state = try workspace.state(of: key)
        guard let local = state.local else {
            throw CommandError(
                .badInput,
                "\(key.words) has nothing yet: nothing was edited here, nothing was read",
                advice: workspace.hint(at: key)
                    ?? "To read it from the server: arm-sync pull\(key.flags)"
            )
        }
        let value = try Pointers.value(of: local.value, at: pointer)
        if options.json {
            try workspace.console.result(value)
        } else if raw, let text = value.text {
            try workspace.console.result(text)
        } else {
            try workspace.console.result(value.text(.indented))
        }
    }
}

extension GetCommand: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        raw = words.flag("--raw")
        options = SharedOptions(taking: &words)
        pointer = words.positionals(0...1).first ?? ""
    }
}

/// Pointers and JSON as people type them.
enum Pointers {
    static func parse(_ text: String) throws(CommandError) -> JSONPointer {
        do { return try JSONPointer(parsing: text) } catch {
            let likely = LikelyPointer.likely(for: text)
            let advice = likely.map { "Did you mean \($0.printable.shellWord)?" }
            throw CommandError(.badInput, error.message, advice: advice)
        }
    }

    static func value(of document: JSONValue, at text: String) throws(CommandError) -> JSONValue {
        let pointer = try parse(text)
        do { return try document.value(at: pointer) } catch {
            let likely = LikelyPointer.likely(for: pointer, in: document)
            let advice = likely.map { "Did you mean \($0.text.printable.shellWord)?" }
            throw CommandError(.badInput, error.message, advice: advice)
        }
    }
}
