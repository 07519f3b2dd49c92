import ArgumentParser
import ArmSync

struct ClearCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Empty the document to {} on purpose."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        if try workspace.state(of: key).local == nil {
            try workspace.console.say(
                "Nothing of \(key.words) is here. If the server may have something, read it first: "
                    + "arm-sync pull\(key.flags)"
            )
        }
        try workspace.edit { (state) throws(CommandError) in
            do throws(EditError) {
                return try state.clearing(
                    author: workspace.surroundings.author,
                    form: workspace.configuration.payloadForm,
                    mapping: workspace.configuration.mapping
                )
            } catch {
                throw CommandError(error)
            }
        }
    }
}
