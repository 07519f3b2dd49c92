import ArgumentParser
import ArmProtocol
import ArmSync
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
        let editor = try Editor.chosen(in: environment)
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
        let edited = try editor.value(
            of: file,
            keepsOutput: options.json,
            orElse: "Mend it, then: arm-sync import \(file.path.shellWord)"
        )
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
                    mapping: workspace.configuration.mapping,
                    allowsEmpty: edit.allowEmpty
                )
            } catch {
                throw CommandError(error)
            }
        }
    }
}
