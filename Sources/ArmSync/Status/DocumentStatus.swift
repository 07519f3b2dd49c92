package import ArmProtocol
package import JSONDocument

/// A document's standing, as people and monitoring see it.
package struct DocumentStatus: Sendable {
    package enum Stage: String, Sendable, CaseIterable {
        case unreadable
        case conflict
        case held
        /// Has failed at least once and is tried again.
        case retrying
        /// Waits for its first try.
        case pending
        case synced
    }

    package var key: DocumentKey
    package var stage: Stage
    package var pendingEdits = 0
    package var oldestEditAt: Timestamp?
    package var newestEditAt: Timestamp?
    package var lastSavedAt: Timestamp?
    package var lastReadAt: Timestamp?
    /// The trouble a try would meet first: the document's own, or the server's while edits wait.
    package var trouble: Trouble?
    /// The document's own trouble, even where the server's comes first.
    package var ownTrouble: Trouble?
    package var nextAttemptAt: Timestamp?
    package var conflicts = 0
    /// The places that both sides changed differently, by names that mean the same in each version.
    package var conflictingPlaces: [JSONPointer] = []
    package var heldReason: HeldReason?
    /// Whether the server's document is read before a save.
    package var detectsConflicts = false
    /// Why the journal cannot be read, where it cannot.
    package var storeError: StoreError?

    /// The status of a document whose state could be read.
    package init(
        _ key: DocumentKey,
        _ state: DocumentState,
        server: ServerStanding,
        settings: SyncSettings
    ) {
        self.key = key
        let troubles = [state.trouble, state.isUnsettled ? server.trouble : nil].compactMap(\.self)
        trouble = troubles.max { $0.at < $1.at }
        ownTrouble = state.trouble
        nextAttemptAt = troubles.map(\.nextAttempt).max()
        heldReason = state.heldReason(of: key, in: settings)
        if heldReason?.isSettledByPlace == true {
            let rules = settings.mergeRules(for: key.application)
            conflictingPlaces = state.conflicts(by: rules).map(\.name)
        }
        conflicts = heldReason == .conflict ? conflictingPlaces.count : 0
        stage =
            switch heldReason {
            case .conflict: .conflict
            case .some: .held
            case nil where trouble != nil: .retrying
            case nil: state.isUnsettled ? .pending : .synced
            }
        pendingEdits = state.pendingEdits
        oldestEditAt = state.outbox.first?.first
        newestEditAt = state.outbox.last?.last
        lastSavedAt = state.lastSavedAt
        lastReadAt = state.reads(of: key, server: server).max()
        detectsConflicts = settings.readKey(for: key) != nil
    }

    /// The status of a document whose journal is damaged.
    package init(_ key: DocumentKey, unreadable error: StoreError, settings: SyncSettings) {
        self.key = key
        stage = .unreadable
        storeError = error
        detectsConflicts = settings.readKey(for: key) != nil
    }

    /// Whether somebody must do something before this goes on.
    package func needsPerson(at now: Timestamp) -> Bool {
        switch stage {
        case .unreadable, .conflict, .held: true
        case .retrying, .pending, .synced: trouble?.needsAttention(at: now) ?? false
        }
    }
}
