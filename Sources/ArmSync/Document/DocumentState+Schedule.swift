package import ArmProtocol

extension DocumentState {
    /// Whether an unattended run has anything to ask the server about this document, as far as the
    /// document itself goes: the server's own backoff comes before.
    package func isDue(
        _ key: DocumentKey,
        sends: Bool = true,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        let held = heldReason(of: key, in: settings)
        if let held, held.forbidsReading { return false }
        return isDue(key, isHeld: held != nil, sends: sends, in: settings, at: now)
    }

    func isDue(
        _ key: DocumentKey,
        isHeld: Bool,
        sends: Bool,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        guard settings.retry.isDue(trouble, at: now) else { return false }
        let waits = isUnsettled && !isHeld
        return (waits && sends) || isRefreshDue(key, in: settings, at: now)
    }

    private func isRefreshDue(
        _ key: DocumentKey,
        in settings: SyncSettings,
        at now: Timestamp
    ) -> Bool {
        guard settings.readKey(for: key) != nil else { return false }
        guard let last = lastReadAt, last <= now else { return true }
        return now.since(last) >= settings.refreshInterval
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
