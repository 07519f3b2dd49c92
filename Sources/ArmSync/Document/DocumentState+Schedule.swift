package import ArmProtocol

extension DocumentState {
    /// Whether an unattended run has anything to ask the server about this document, as far as the
    /// document itself goes: the server's own backoff comes before.
    package func isDue(
        _ key: DocumentKey,
        sends: Bool = true,
        server: ServerStanding,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        let held = heldReason(of: key, in: settings)
        if let held, held.forbidsReading { return false }
        return isDue(
            key,
            isHeld: held != nil,
            sends: sends,
            server: server,
            in: settings,
            at: now
        )
    }

    func isDue(
        _ key: DocumentKey,
        isHeld: Bool,
        sends: Bool,
        server: ServerStanding,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        guard settings.retry.isDue(trouble, at: now) else { return false }
        let waits = isUnsettled && !isHeld
        return (waits && sends) || isRefreshDue(key, server: server, in: settings, at: now)
    }

    private func isRefreshDue(
        _ key: DocumentKey,
        server: ServerStanding,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        guard settings.readKey(for: key) != nil else { return false }
        // What lies in the future tells of a clock that was wrong, and counts for nothing.
        let reads = reads(of: key, server: server).filter { $0 <= now }
        guard let last = reads.max() else { return true }
        return now.since(last) >= settings.refreshInterval
    }
}

extension DocumentState {
    /// When the document was last read: as its journal says, and as is remembered of the server.
    ///
    /// Without the one the other means nothing: the first read is always journalled.
    func reads(of key: DocumentKey, server: ServerStanding) -> [Timestamp] {
        guard let lastReadAt else { return [] }
        return [lastReadAt] + (server.reads[key].map { [$0] } ?? [])
    }
}

extension HeldReason {
    /// Whether not even a read makes sense: only a person or the configuration can change it.
    var forbidsReading: Bool {
        switch self {
        case .foreignServer, .blind: true
        case .conflict, .remoteEmptied, .emptySave, .serverAltersData, .foreignContent: false
        }
    }
}
