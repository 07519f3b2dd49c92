package import ArmProtocol

/// Why a document is not sent although it could be.
package enum HeldReason: String, Hashable, Sendable, CaseIterable {
    /// Local and the server's document both changed.
    case conflict
    /// The server has nothing left of what it had: it may have been reset, or emptied by another
    /// station on purpose.
    case remoteEmptied = "remote_emptied"
    /// Local has lost all it had, and nobody has said that this is meant.
    case emptySave = "empty_save"
    /// The server keeps something else than it was given, time and again.
    case serverAltersData = "server_alters_data"
    /// The server's document cannot be read, and saving unseen is not allowed.
    case blind
    /// The document belongs to another server or domain than the configured one.
    case foreignServer = "foreign_server"
    /// The server holds something that is no document of ours.
    case foreignContent = "foreign_content"

    /// Whether it is settled place by place; otherwise only the whole document can be taken or kept.
    package var isSettledByPlace: Bool {
        switch self {
        case .conflict, .serverAltersData: true
        case .remoteEmptied, .emptySave, .blind, .foreignServer, .foreignContent: false
        }
    }
}

extension DocumentState {
    /// Why local is not sent as empty as it is; nil where it is not empty, or meant to be.
    var emptiness: HeldReason? {
        guard let local, local.value.isEmptyDocument, hasUnsaved, !emptiesOnPurpose,
            let before = base.content, !before.value.isEmptyDocument
        else { return nil }
        return .emptySave
    }

    /// Whether a document that was read has nothing in it while the last one had; not so where it may
    /// be a save of ours.
    func isEmptied(by read: Content) -> Bool {
        guard read.value.isEmptyDocument, read != local,
            let before = base.content, !before.value.isEmptyDocument
        else { return false }
        return read != sent?.content && !ghosts.contains { $0.value == read.value }
    }

    /// Why nothing of this document is sent, derived from what is known and how we are set up.
    package func heldReason(of key: DocumentKey, in settings: SyncSettings) -> HeldReason? {
        if let binding, let configured = settings.binding, binding != configured {
            return .foreignServer
        }
        switch remote {
        case .absent: return .remoteEmptied
        case .foreign: return .foreignContent
        case .value(let content) where isEmptied(by: content): return .remoteEmptied
        case .value:
            let merged = reconciled(by: settings.mergeRules(for: key.application))
            if let merged, !merged.conflicts.isEmpty {
                return merged.isAltered ? .serverAltersData : .conflict
            }
        case nil: break
        }
        if let emptiness { return emptiness }
        guard isUnsettled, settings.readKey(for: key) == nil else { return nil }
        return settings.blindSaves ? nil : .blind
    }
}
