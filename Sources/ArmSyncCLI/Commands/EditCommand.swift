import ArgumentParser
import ArmProtocol
import ArmSync
import Glibc
import JSONDocument

struct EditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Open the document in an editor; what is stored is the difference.",
        discussion: """
            The editor is $VISUAL, $EDITOR, editor or vi. The document is not locked meanwhile: what \
            you changed is applied to what it is when you are done.
            """
    )

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let environment = workspace.surroundings.environment
        guard let editor = Editor(environment: environment, isProgram: { access($0, X_OK) == 0 })
        else {
            throw CommandError(
                .configuration,
                "there is no editor",
                advice: "Name one: VISUAL=nano arm-sync edit"
            )
        }
        let key = try workspace.chosenDocument()
        let opened = try workspace.state(of: key).editable
        let bytes = opened.serialized(.indented) + [UInt8(ascii: "\n")]
        let file = try EditingFile(bytes, environment: environment)
        do throws(CommandError) {
            try store(file, in: workspace, key, editor, opened: opened, bytes)
        } catch {
            let isChanged = (try? InputFile.contents(of: file.path)) != bytes
            guard isChanged else {
                file.remove()
                throw error
            }
            let kept = "Nothing was stored; your text is kept as \(file.path)"
            throw CommandError(
                error.status,
                error.message,
                advice: [error.advice, kept].compactMap(\.self).joined(separator: "\n")
            )
        }
        file.remove()
    }

    private func store(
        _ file: EditingFile,
        in workspace: Workspace,
        _ key: DocumentKey,
        _ editor: Editor,
        opened: JSONValue,
        _ bytes: [UInt8]
    ) throws(CommandError) {
        let edited = try value(of: file, editor)
        try workspace.edit { (state) throws(CommandError) in
            guard let value = state.editable.taking(changesFrom: opened, to: edited) else {
                throw CommandError(
                    .badInput,
                    "\(key.words) was changed at the same place while the editor was open",
                    advice: "Look at what it is now (arm-sync get\(key.flags)), and edit again."
                )
            }
            do throws(EditError) {
                return try state.editing(
                    to: value,
                    author: workspace.surroundings.author,
                    form: workspace.configuration.payloadForm,
                    wire: workspace.configuration.wire,
                    allowsEmpty: edit.allowEmpty
                )
            } catch {
                throw CommandError(error)
            }
        }
    }

    /// What the file holds once somebody is content with it.
    private func value(of file: EditingFile, _ editor: Editor) throws(CommandError) -> JSONValue {
        while true {
            if let end = try editor.open(file.path, keepsOutput: options.json) {
                throw CommandError(.badInput, "\(end); nothing was stored")
            }
            let bytes = try InputFile.contents(of: file.path)
            do throws(JSONParseError) {
                return try JSONValue(parsing: bytes)
            } catch {
                let problem =
                    "this is not JSON: line \(error.line), column \(error.column): "
                    + error.message
                let failure = CommandError(
                    .badInput,
                    problem,
                    advice: "Mend it, then: arm-sync import \(file.path.shellWord)"
                )
                guard Question.isPossible else { throw failure }
                Console.complain(problem.printable)
                guard Question.ask("Edit again?") else { throw failure }
            }
        }
    }
}
