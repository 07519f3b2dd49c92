import ArmProtocol
import ArmSync

extension Workspace {
    /// The state of every document here, or of the one named by flags, as it stands on disk.
    func overview() throws(CommandError) -> Overview {
        let keys: [DocumentKey]
        do throws(StoreError) {
            keys = if let flagged { [flagged] } else { try store.keys() }
        } catch {
            throw CommandError(error)
        }
        return overview(of: keys)
    }

    /// - Parameter look: sees each state that could be read, and what is known of the server.
    func overview(
        of keys: [DocumentKey],
        look: (DocumentKey, DocumentState, ServerStanding) -> Void = { _, _, _ in }
    ) -> Overview {
        let settings = configuration.sync
        var standing = store.serverStanding()
        if let binding = settings.binding, standing.binding != binding {
            standing = standing.renewed(for: binding)
        }
        let documents = keys.map { key in
            do throws(StoreError) {
                let state = try store.state(of: key)
                look(key, state, standing)
                return DocumentStatus(key, state, server: standing, settings: settings)
            } catch {
                // A damaged journal is a status too, so that it hides no other document's.
                return DocumentStatus(key, unreadable: error, settings: settings)
            }
        }
        return Overview(server: standing, documents: documents)
    }
}
