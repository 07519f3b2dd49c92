import ArgumentParser
import ArmProtocol
import ArmSync

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        _superCommandName: "arm-sync",
        abstract: "The state of everything, offline, at once."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        var standing = workspace.store.serverStanding()
        if let binding = workspace.configuration.sync.binding, standing.binding != binding {
            standing = ServerStanding(binding: binding)
        }
        let keys: [DocumentKey]
        do throws(StoreError) {
            keys =
                if let chosen = workspace.flagged { [chosen] } else { try workspace.store.keys() }
        } catch {
            throw CommandError(error)
        }
        let documents = keys.map { workspace.status(of: $0, server: standing) }
        let overview = Overview(server: standing, documents: documents)
        if options.json {
            let transport = workspace.configuration.transport.rawValue
            return try workspace.console.result(overview.json(transport: transport))
        }
        let screen = StatusScreen(console: workspace.console, now: Surroundings.now())
        for line in screen.lines(of: overview) { try workspace.console.result(line) }
    }
}

extension Workspace {
    /// A damaged journal is a status too, so that it hides no other document's.
    fileprivate func status(of key: DocumentKey, server: ServerStanding) -> DocumentStatus {
        let settings = configuration.sync
        do throws(StoreError) {
            let state = try store.state(of: key)
            return DocumentStatus(key, state, server: server, settings: settings)
        } catch {
            return DocumentStatus(key, unreadable: error, settings: settings)
        }
    }
}
