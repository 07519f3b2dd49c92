import ArgumentParser
import JSONDocument

struct UnsetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset",
        abstract: "Remove a member or an element."
    )

    @Argument(help: "A JSON Pointer such as /filters/team.")
    var pointer: String

    @OptionGroup var edit: EditOptions
    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let pointer = try Pointers.parse(pointer)
        guard !pointer.tokens.isEmpty else {
            throw CommandError(
                .badInput,
                "the whole document cannot be removed",
                advice: "To empty it on purpose: arm-sync clear"
            )
        }
        try workspace.edit(allowsEmpty: edit.allowEmpty) { (document) throws(CommandError) in
            do throws(JSONPointerError) {
                return try document.patch(removing: pointer)
            } catch {
                throw CommandError(.badInput, error.message)
            }
        }
    }
}
