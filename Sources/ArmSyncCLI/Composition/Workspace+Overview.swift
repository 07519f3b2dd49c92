import ArmProtocol
import ArmSync

extension Workspace {
    /// The state of every document here, or of the one named by flags, as it stands on disk.
    func overview() throws(CommandError) -> Overview {
        var standing = store.serverStanding()
        if let binding = configuration.sync.binding, standing.binding != binding {
            standing = ServerStanding(binding: binding, announced: standing.announced)
        }
        let keys: [DocumentKey]
        do throws(StoreError) {
            keys = if let flagged { [flagged] } else { try store.keys() }
        } catch {
            throw CommandError(error)
        }
        let documents = keys.map { status(of: $0, server: standing) }
        return Overview(server: standing, documents: documents)
    }

    /// A damaged journal is a status too, so that it hides no other document's.
    private func status(of key: DocumentKey, server: ServerStanding) -> DocumentStatus {
        let settings = configuration.sync
        do throws(StoreError) {
            let state = try store.state(of: key)
            return DocumentStatus(key, state, server: server, settings: settings)
        } catch {
            return DocumentStatus(key, unreadable: error, settings: settings)
        }
    }
}
