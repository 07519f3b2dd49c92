/// Which document: the user data of an application, of one agent or of whoever the session is.
///
/// Ids are compared byte for byte: the server knows nothing of canonical equivalence.
public struct DocumentKey: Sendable {
    /// `application_id`, which the server requires.
    public var application: String
    /// `agent_id`; nil leaves it to the server's session.
    public var agent: String?

    /// The document of that application and agent.
    public init(application: String, agent: String? = nil) {
        self.application = application
        self.agent = agent
    }
}

extension DocumentKey: Hashable {
    /// Equal ids, byte for byte.
    public static func == (left: DocumentKey, right: DocumentKey) -> Bool {
        left.application.utf8.elementsEqual(right.application.utf8)
            && left.agent.map { Array($0.utf8) } == right.agent.map { Array($0.utf8) }
    }

    /// Hashes the bytes of the ids.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Array(application.utf8))
        hasher.combine(agent.map { Array($0.utf8) })
    }
}
