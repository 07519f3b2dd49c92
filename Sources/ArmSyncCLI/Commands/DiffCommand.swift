import ArgumentParser
import ArmSync
import JSONDocument

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what is not saved yet, from what the server had to what is here."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        let state = try workspace.state(of: key)
        let patch = state.unsavedPatch
        if options.json { return try workspace.console.result(patch.json) }
        if patch.isEmpty {
            try workspace.console.say("Nothing in \(key.words) waits to be saved.")
            return try workspace.hint(at: key, state)
        }
        let lines = PatchLines(palette: workspace.console.palette, width: workspace.console.width)
        for line in lines.lines(of: patch, from: state.base.content?.value) {
            try workspace.console.result(line)
        }
    }
}

extension DocumentState {
    /// What local has that base has not, as a patch.
    var unsavedPatch: JSONPatch {
        guard let local else { return JSONPatch() }
        let before = base.content?.value
        return (before ?? .object(JSONObject())).difference(to: local.value)
    }
}
