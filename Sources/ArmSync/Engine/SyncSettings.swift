package import ArmProtocol
package import JSONDocument

/// What the engine needs to know of the configuration.
package struct SyncSettings: Hashable, Sendable {
    /// The configured server and domain; nil while none is configured.
    package var binding: Binding?
    /// Whose document is read where the document names no agent.
    package var readAgent: String?
    /// Whether a save may be sent though the server's document cannot be read.
    package var blindSaves = false
    /// Whether the server's document is read at all before a save.
    package var conflictDetection = true
    /// How old a read may be before an unattended run reads again.
    package var refreshInterval: Duration = .seconds(300)
    /// How many documents are on their way at once.
    package var parallel = 4
    package var retry = RetryPolicy()
    /// How documents are merged, and what is said of those of single applications, by their ids.
    package var mergeRules = MergeRules()
    package var applicationRules: [JSONString: MergeRules] = [:]

    package init() {}

    /// How the documents of an application are merged.
    package func mergeRules(for application: String) -> MergeRules {
        applicationRules[JSONString(application)]?.completed(by: mergeRules) ?? mergeRules
    }

    /// Whose user data to read for a document; nil where the server could not tell, because a read
    /// requires an agent.
    package func readKey(for key: DocumentKey) -> DocumentKey? {
        guard conflictDetection, let agent = key.agent ?? readAgent else { return nil }
        return DocumentKey(application: key.application, agent: agent)
    }
}
