import ArmSync

/// What a concern is, as it is remembered; the words for its end.
enum ConcernKind: String, CaseIterable {
    case unreadable
    case conflict
    case remoteEmptied = "remote_emptied"
    case emptySave = "empty_save"
    case serverAltersData = "server_alters_data"
    case blind
    case foreignServer = "foreign_server"
    case foreignContent = "foreign_content"
    /// Whatever keeps answers away and may pass by itself: a link that comes and goes fails now in
    /// one way, now in another.
    case unreachable
    case refused
    case unauthenticated
    case misconfigured
    case storeFailed = "store_failed"
    case configuration
    case onAttention = "on_attention"

    init(_ reason: HeldReason) {
        self =
            switch reason {
            case .conflict: .conflict
            case .remoteEmptied: .remoteEmptied
            case .emptySave: .emptySave
            case .serverAltersData: .serverAltersData
            case .blind: .blind
            case .foreignServer: .foreignServer
            case .foreignContent: .foreignContent
            }
    }

    init(_ kind: FailureKind) {
        self =
            switch kind {
            case .unreachable, .transient, .garbled: .unreachable
            case .refused: .refused
            case .unauthenticated: .unauthenticated
            case .misconfigured: .misconfigured
            }
    }

    /// The kind of what was announced; nil where another version of the program said it.
    init?(_ identity: Announcement.Identity) {
        let word = identity.cause.prefix { $0 != ":" }
        self.init(rawValue: String(word))
    }

    /// What is said when it is over.
    var over: String {
        switch self {
        case .unreadable: "its journal can be read again"
        case .conflict: "the conflict is settled"
        case .remoteEmptied: "no longer held: the loss on the server is dealt with"
        case .emptySave: "no longer held: its being empty is dealt with"
        case .serverAltersData: "no longer held: what the server alters is dealt with"
        case .blind: "no longer held for want of a read"
        case .foreignServer: "no longer held: it belongs to the configured server"
        case .foreignContent: "no longer held: what the server held is dealt with"
        case .unreachable: "the switch answers again"
        case .refused: "no longer refused"
        case .unauthenticated: "the credentials are accepted again"
        case .misconfigured: "the setting is right again"
        case .storeFailed: "the local store works again"
        case .configuration: "the configuration is right again"
        case .onAttention: "the command of on_attention works again"
        }
    }
}
