import ArgumentParser
import JSONDocument

struct SetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set one value; it is safe on disk when the command returns."
    )

    @Argument(help: "A JSON Pointer such as /filters/team; \"\" is the whole document.")
    var pointer: String

    @Argument(help: "The value as JSON; - reads it from standard input.")
    var value: String?

    @Option(
        name: .customLong("string"),
        parsing: .unconditional,
        help: ArgumentHelp("The value as plain text, instead of JSON.", valueName: "text")
    )
    var text: String?

    @Flag(help: "Make the objects on the way that are missing.")
    var parents = false

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func validate() throws {
        if (value == nil) == (text == nil) {
            throw ValidationError(
                "Give the value either as JSON or with --string. One that begins with a minus sign "
                    + "stands behind two: arm-sync set /a -- -5"
            )
        }
    }

    func run() throws {
        let workspace = try Workspace(options)
        let pointer = try Pointers.parse(pointer)
        let value = try parsedValue(for: workspace)
        try workspace.edit(
            allowsEmpty: edit.allowEmpty,
            replaces: pointer.tokens.isEmpty
        ) { (document) throws(CommandError) in
            do throws(JSONPointerError) {
                return try document.patch(
                    setting: value,
                    at: pointer,
                    creatingParents: parents
                )
            } catch {
                throw CommandError(
                    .badInput,
                    error.message,
                    advice: advice(for: value, at: pointer, in: document)
                )
            }
        }
    }

    private func parsedValue(for workspace: Workspace) throws(CommandError) -> JSONValue {
        if let text { return .string(JSONString(text)) }
        let typed = value ?? "-"
        if typed == "-" { return try InputFile.json(of: "-") }
        do { return try JSONValue(parsing: typed) } catch {
            throw CommandError(
                .badInput,
                "the value is not JSON: line \(error.line), column \(error.column): "
                    + error.message,
                advice: LikelyValue.advice(
                    for: typed,
                    at: self.pointer,
                    flags: workspace.flagged?.flags ?? ""
                )
            )
        }
    }

    /// Names `--parents` where it would have helped.
    private func advice(
        for value: JSONValue,
        at pointer: JSONPointer,
        in document: JSONValue
    ) -> String? {
        var made = document
        guard !parents, (try? made.set(value, at: pointer, creatingParents: true)) != nil else {
            return nil
        }
        let making = "To make what is missing on the way, add --parents."
        // A misspelt name would make a place that nobody looks for.
        let parents = JSONPointer(tokens: Array(pointer.tokens.dropLast()))
        guard let last = pointer.tokens.last,
            let likely = LikelyPointer.likely(for: parents, in: document)
        else { return making }
        let meant = JSONPointer(tokens: likely.tokens + [last])
        return "Did you mean \(meant.text.printable.shellWord)? \(making)"
    }
}

extension SetCommand: PlainArguments {
    mutating func take(_ words: inout PlainWords) {
        text = words.value("--string")
        parents = words.flag("--parents")
        edit = EditOptions(taking: &words)
        options = SharedOptions(taking: &words)
        let positionals = words.positionals(1...2)
        pointer = positionals.first ?? ""
        value = positionals.dropFirst().first
    }
}
