import ArgumentParser
import ArmSync
import JSONDocument

struct RebindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebind",
        abstract: "Accept that a document now belongs to the configured server and domain."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let key = try workspace.chosenDocument()
        guard let binding = workspace.configuration.sync.binding else {
            throw CommandError(.configuration, "no server and domain are configured")
        }
        let before = try workspace.state(of: key).sequence
        let after = try workspace.update(key) { state in state.rebinding(to: binding) }
        let isRebound = after.sequence != before
        if options.json {
            var line = key.json
            line["rebound"] = .bool(isRebound)
            return try workspace.console.result(.object(line))
        }
        try workspace.console.say(
            isRebound
                ? "\(key.words) belongs to \(binding.server), \(binding.domain) now. "
                    + "The next sync reads there first."
                : "\(key.words) belongs there already, or nowhere yet."
        )
    }
}
