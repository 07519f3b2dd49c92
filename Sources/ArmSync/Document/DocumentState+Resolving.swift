package import JSONDocument

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
    /// What needs a decision: what base, local and the document that was read last differ in.
    ///
    /// Derived anew each time, so that it can never be stale.
    package func conflicts(by rules: MergeRules) -> [MergeConflict] {
        reconciled(by: rules)?.conflicts ?? []
    }

    /// What merging with the document that was read last comes to; nil where there is nothing to do.
    func reconciled(by rules: MergeRules) -> Reconciliation? {
        guard case .value(let content) = remote, content != local else { return nil }
        return reconciled(with: content, by: rules) { rules.policy.decision(about: $0) }
    }

    /// The record that settles everything that is held one person's way.
    package func resolving(
        _ side: Side,
        author: String,
        by rules: MergeRules = MergeRules(),
        at now: Timestamp
    ) throws(ResolveError) -> Record {
        switch (remote, heldAsAWhole) {
        case (.value(let content), nil):
            let decision: MergeDecision = side == .mine ? .mine : .theirs
            guard content != local else { throw .nothingHeld }
            return try resolving(author: author, by: rules, at: now) { _ in decision }
        case (_, let theirs?):
            return try resolvingWhole(side, theirs, author: author, at: now)
        case (nil, nil), (.absent, nil), (.foreign, nil): throw .nothingHeld
        }
    }

    /// The record that settles conflicts one by one. What is decided as `hold` stays open.
    ///
    /// Where nothing stays open, base becomes what the server was last read to hold, so that the
    /// next save is sent only if the server still holds just that.
    package func resolving(
        author: String,
        by rules: MergeRules,
        at now: Timestamp,
        _ decide: (MergeConflict) -> MergeDecision
    ) throws(ResolveError) -> Record {
        guard case .value(let content) = remote, heldAsAWhole == nil else { throw .nothingHeld }
        var byPerson: [MergeDecision] = []
        let merged = reconciled(with: content, by: rules) { conflict in
            let policy = rules.policy.decision(about: conflict)
            guard policy == .hold else { return policy }
            let decision = decide(conflict)
            if decision != .hold { byPerson.append(decision) }
            return decision
        }
        guard !byPerson.isEmpty, !merged.settled.isEmpty else { throw .nothingHeld }
        let lost = losing(merged.settled, to: content, by: rules)
        var next = self
        // What was sent and not settled is part of local and of what the person has now decided.
        next.leaveSentBehind()
        next.local = merged.local
        if let base = merged.base { next.takeBase(base, by: rules) }
        next.remote = merged.conflicts.isEmpty ? nil : remote
        // Altered once more, it is held at once.
        if merged.conflicts.isEmpty { next.alteration = alteration?.forgiven }
        if let restored = merged.restored {
            next.returning = rules.merge.moving(
                next.base.content?.value,
                from: content.value,
                to: restored
            )
        }
        next.trouble = nil
        if next.hasUnsaved {
            next.noteDecision(about: merged.settled.map(\.conflict.name.text), author, now)
        } else {
            next.edits = []
        }
        let event: Event =
            byPerson.allSatisfy { $0 == .mine }
            ? .resolvedMine
            : byPerson.allSatisfy { $0 == .theirs } ? .resolvedTheirs : .resolved
        return Record(
            .snapshot(next),
            event: event,
            retired: lost.flatMap(next.retirement(of:))
        )
    }

    /// What the server holds, where only the whole of it can be taken or replaced.
    private var heldAsAWhole: Remote? {
        switch remote {
        case .absent, .foreign: remote
        case .value: nil
        case nil: emptiness == nil ? nil : base.content.map { .value($0) }
        }
    }

    private func resolvingWhole(
        _ side: Side,
        _ theirs: Remote,
        author: String,
        at now: Timestamp
    ) throws(ResolveError) -> Record {
        var next = self
        next.remote = nil
        next.watches = []
        next.returning = nil
        next.leaveSentBehind()
        switch theirs {
        case .absent:
            // Whatever the server holds by then, mine is the whole document, not edits to nothing.
            next.base = .absent
            next.isReplacement = true
        case .value(let content):
            next.base = .value(content)
            next.isReplacement = false
        case .foreign(let content): next.base = .foreign(content)
        }
        switch side {
        case .mine:
            guard next.hasUnsaved else { throw .nothingToSend }
            next.emptiesOnPurpose = editable.isEmptyDocument
            next.noteDecision(about: [""], author, now)
            return Record(.snapshot(next), event: .resolvedMine)
        case .theirs:
            if case .foreign = theirs { throw .nothingToTake }
            next.giveWay()
            let retired = next.retirement(of: local)
            return Record(.snapshot(next), event: .resolvedTheirs, retired: retired)
        }
    }

    private mutating func noteDecision(about places: [String], _ author: String, _ now: Timestamp) {
        let summary = EditSummary(
            id: sequence + 1,
            author: author,
            paths: Array(places.prefix(EditSummary.pathLimit)),
            operations: places.count
        )
        edits.append(OutboxEntry(count: 1, first: now, last: now, edit: summary))
    }

    /// Local as it would be had each decision gone the other way.
    func losing(
        _ settled: [MergeResult.Settled],
        to content: Content,
        by rules: MergeRules
    ) -> Content? {
        guard !settled.isEmpty else { return nil }
        let decisions = Dictionary(settled.map { ($0.conflict.name, $0.decision) }) { first, _ in
            first
        }
        let other = reconciled(with: content, by: rules) { conflict in
            switch decisions[conflict.name] {
            case .theirs, .value: .mine
            case .mine: .theirs
            case .hold, nil: .hold
            }
        }
        return other.local
    }

    /// The record that gives the document to another server and domain, where base means nothing.
    ///
    /// The next sync reads there first: what that server holds already is not overwritten unseen.
    package func rebinding(to binding: Binding) -> Record? {
        guard self.binding != nil, self.binding != binding else { return nil }
        var next = self
        next.returnSentEdits()
        next.binding = binding
        next.forgetBase()
        next.remote = nil
        next.trouble = nil
        next.lastReadAt = nil
        next.lastSavedAt = nil
        return Record(.snapshot(next), event: .rebound)
    }
}
