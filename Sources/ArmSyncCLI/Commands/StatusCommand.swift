internal import ArgumentParser
internal import ArmProtocol
internal import ArmSync

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "The state of everything, offline, at once."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let settings = workspace.configuration.sync
        var standing = workspace.store.serverStanding()
        if let binding = settings.binding, standing.binding != binding {
            standing = ServerStanding(binding: binding)
        }
        let keys: [DocumentKey]
        do {
            keys = try workspace.flagged.map { [$0] } ?? workspace.store.keys()
        } catch {
            throw CommandError(error)
        }
        let documents = keys.map { key in
            do {
                let state = try workspace.store.state(of: key)
                return DocumentStatus(key, state, server: standing, settings: settings)
            } catch {
                return DocumentStatus(key, unreadable: error, settings: settings)
            }
        }
        let overview = Overview(server: standing, documents: documents)
        if options.json {
            let transport = workspace.configuration.transport.rawValue
            return try workspace.console.result(overview.json(transport: transport))
        }
        let screen = StatusScreen(console: workspace.console, now: Surroundings.now())
        for line in screen.lines(of: overview) { try workspace.console.result(line) }
    }
}
