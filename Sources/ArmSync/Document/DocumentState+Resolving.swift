/// Whose side settles what is held.
package enum Side: Hashable, Sendable {
    /// Local stays and goes to the server.
    case mine
    /// The server's document becomes local.
    case theirs
}

/// Why a resolution is not possible.
package enum ResolveError: Error, Hashable, Sendable {
    /// Nothing is held.
    case nothingHeld
    /// There is no local document that could go to the server.
    case nothingToSend
    /// The server holds no document that could become local.
    case nothingToTake
}

extension DocumentState {
    /// The record that settles a held document as a person decided.
    ///
    /// Either way base becomes what the server was last read to hold, so that the next save is
    /// sent only if the server still holds just that.
    package func resolving(
        _ side: Side,
        author: String,
        at now: Timestamp
    ) throws(ResolveError) -> Record {
        guard let remote else { throw .nothingHeld }
        var next = self
        next.remote = nil
        // What was sent and not settled is part of local and of what the person has now decided.
        next.returnSentEdits()
        switch remote {
        case .absent: next.base = .absent
        case .value(let content):
            // Edits may have settled it since: nobody was shown a conflict to decide.
            guard content != local, isUnsettled else { throw .nothingHeld }
            next.base = .value(content)
        case .foreign(let content): next.base = .foreign(content)
        }
        switch side {
        case .mine:
            guard next.hasUnsaved else { throw .nothingToSend }
            let summary = EditSummary(
                id: sequence + 1,
                author: author,
                paths: [""],
                operations: 1
            )
            next.edits.append(OutboxEntry(count: 1, first: now, last: now, edit: summary))
            return Record(.snapshot(next), event: .resolvedMine)
        case .theirs:
            if case .foreign = remote { throw .nothingToTake }
            next.local = next.base.content
            next.edits = []
            return Record(
                .snapshot(next),
                event: .resolvedTheirs,
                retired: next.retirement(of: local)
            )
        }
    }

    /// The record that gives the document to another server and domain, where base means nothing.
    ///
    /// The next sync reads there first: what that server holds already is not overwritten unseen.
    package func rebinding(to binding: Binding) -> Record? {
        guard self.binding != nil, self.binding != binding else { return nil }
        var next = self
        next.returnSentEdits()
        next.binding = binding
        next.base = .unknown
        next.remote = nil
        next.trouble = nil
        next.lastReadAt = nil
        next.lastSavedAt = nil
        return Record(.snapshot(next), event: .rebound)
    }
}
