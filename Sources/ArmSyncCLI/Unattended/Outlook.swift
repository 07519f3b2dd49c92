import ArmProtocol
import ArmSync

/// What an unattended run finds before it begins, read once: mostly, that there is nothing to do.
struct Outlook {
    let overview: Overview
    /// Whether the run has anything to ask, to try or to find out.
    let isAnythingDue: Bool

    init(of workspace: Workspace) throws(CommandError) {
        let settings = workspace.configuration.sync
        let now = Surroundings.now()
        var isAnyDocumentDue = false
        overview = workspace.overview(of: try workspace.documents()) { key, state, server in
            isAnyDocumentDue =
                isAnyDocumentDue || state.isDue(key, server: server, in: settings, at: now)
        }
        // That these are over only a run finds out.
        let isInDoubt = overview.server.announced.contains { announcement in
            switch ConcernKind(announcement.identity) {
            case .configuration, .storeFailed: true
            default: false
            }
        }
        let isServerDue =
            settings.retry.isDue(overview.server.trouble, at: now)
            || overview.server.hasOtherCredentials(workspace.credentialsMark)
        isAnythingDue =
            settings.binding == nil || isInDoubt || (isServerDue && isAnyDocumentDue)
    }
}
