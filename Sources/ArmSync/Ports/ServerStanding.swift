package import ArmProtocol

/// What is remembered of a server between runs, so that backoff survives restarts.
package struct ServerStanding: Hashable, Sendable {
    /// The server it speaks of; another one starts anew.
    package var binding: Binding?
    /// When the switch last answered in its own format.
    package var lastContactAt: Timestamp?
    /// What keeps every document from it.
    package var trouble: Trouble?
    /// What unattended runs have said, or will say where it lasts. Losing it means that it is said
    /// once more.
    package var announced: [Announcement]
    /// The same of the command that brings news to a person.
    package var attention: AttentionStanding
    /// What the files behind the credentials looked like when the server was last asked; no part of
    /// what is in them.
    package var credentialsMark: String?
    /// When documents were last read where that changed nothing, so that their journals do not say
    /// so. Losing it costs a read.
    package var reads: [DocumentKey: Timestamp]

    package init(
        binding: Binding? = nil,
        lastContactAt: Timestamp? = nil,
        trouble: Trouble? = nil,
        announced: [Announcement] = [],
        attention: AttentionStanding = AttentionStanding(),
        credentialsMark: String? = nil,
        reads: [DocumentKey: Timestamp] = [:]
    ) {
        self.binding = binding
        self.lastContactAt = lastContactAt
        self.trouble = trouble
        self.announced = announced
        self.attention = attention
        self.credentialsMark = credentialsMark
        self.reads = reads
    }

    /// What is left where another server or domain is spoken to: what was said stays, so that it is
    /// ended by a word, too, where it is over.
    package func renewed(for binding: Binding) -> ServerStanding {
        ServerStanding(binding: binding, announced: announced, attention: attention)
    }

    /// Whether the trouble is one that other credentials may end, and they have changed since.
    package func hasOtherCredentials(_ mark: String?) -> Bool {
        switch trouble?.kind {
        case .unauthenticated, .misconfigured: mark != credentialsMark
        case .unreachable, .transient, .refused, .garbled, nil: false
        }
    }
}
