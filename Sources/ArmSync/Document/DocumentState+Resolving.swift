package import ArmProtocol
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
    /// The value cannot stand at this place: an element keeps its identity, and what it is in may
    /// be nested deep already.
    case notAccepted(JSONPointer)
    /// The document would be one that cannot be saved.
    case unsavable(MessageError)
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
        guard case .value(let content) = remote, content != local, !isEmptied(by: content) else {
            return nil
        }
        return reconciled(with: content, by: rules, settling: rules.decision)
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
    ///
    /// - Parameter mapping: how documents are written to the server, which decides what can be.
    package func resolving(
        author: String,
        by rules: MergeRules,
        mapping: PayloadMapping = PayloadMapping(),
        at now: Timestamp,
        _ decide: (MergeConflict) -> MergeDecision
    ) throws(ResolveError) -> Record {
        guard case .value(let content) = remote, heldAsAWhole == nil else { throw .nothingHeld }
        var byPerson: [(conflict: MergeConflict, decision: MergeDecision)] = []
        let merged = reconciled(with: content, by: rules) { conflict, isServers in
            let policy = rules.decision(about: conflict, isServers: isServers)
            guard policy == .hold else { return policy }
            let decision = decide(conflict)
            if decision != .hold { byPerson.append((conflict, decision)) }
            return decision
        }
        guard !byPerson.isEmpty else { throw .nothingHeld }
        for case (let conflict, .value(let value)) in byPerson where !conflict.accepts(value) {
            throw .notAccepted(conflict.name)
        }
        guard !merged.settled.isEmpty, let settled = merged.local else {
            // What was decided cannot be put together: the whole is open instead.
            throw .unsavable(obstacle(to: byPerson, over: content, by: rules, mapping))
        }
        if settled != local, settled != content {
            do throws(MessageError) {
                try mapping.validate(settled.value, as: settled.form)
            } catch {
                throw .unsavable(error)
            }
        }
        let lost = losing(merged.settled, to: content, by: rules)
        var next = self
        // What was sent and not settled is part of local and of what the person has now decided.
        next.leaveSentBehind()
        next.local = merged.local
        if let base = merged.base {
            let restored = merged.restored.flatMap {
                rules.merge.moving(base.value, from: content.value, to: $0)
            }
            next.takeBase(base, bringingBack: restored, by: rules)
        }
        next.remote = merged.conflicts.isEmpty ? nil : remote
        // Altered once more, it is held at once.
        if merged.conflicts.isEmpty { next.alteration = alteration?.forgiven }
        next.trouble = nil
        if next.hasUnsaved {
            next.noteDecision(about: merged.settled, author, now)
        } else {
            next.edits = []
        }
        let event: Event =
            byPerson.allSatisfy { $0.decision == .mine }
            ? .resolvedMine
            : byPerson.allSatisfy { $0.decision == .theirs } ? .resolvedTheirs : .resolved
        return Record(
            .snapshot(next),
            event: event,
            retired: lost.flatMap(next.retirement(of:))
        )
    }

    private typealias Decided = (conflict: MergeConflict, decision: MergeDecision)

    /// Why the document that those decisions make cannot be saved.
    private func obstacle(
        to decided: [Decided],
        over content: Content,
        by rules: MergeRules,
        _ mapping: PayloadMapping
    ) -> MessageError {
        let decisions = Dictionary(decided.map { ($0.conflict.name, $0.decision) }) { first, _ in
            first
        }
        let merged = rules.merge.merge(
            base: base.content?.value ?? .object(JSONObject()),
            mine: local?.value,
            theirs: content.value
        ) { decisions[$0.name] ?? rules.policy.decision(about: $0) }
        do throws(MessageError) {
            try mapping.validate(merged.value ?? .null, as: content.form)
        } catch {
            return error
        }
        return MessageError(message: "the document would be one that cannot be saved")
    }

    /// What the server holds, where only the whole of it can be taken or replaced.
    private var heldAsAWhole: Remote? {
        switch remote {
        case .absent, .foreign: remote
        case .value(let content) where isEmptied(by: content): remote
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
        next.alteration = nil
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
            // An empty document is as good as none.
            next.isReplacement = isEmptied(by: content)
        case .foreign(let content): next.base = .foreign(content)
        }
        switch side {
        case .mine:
            guard next.hasUnsaved else { throw .nothingToSend }
            next.emptiesOnPurpose = editable.isEmptyDocument
            next.noteDecision(at: [JSONPointer()], author, now)
            return Record(.snapshot(next), event: .resolvedMine)
        case .theirs:
            if case .foreign = theirs { throw .nothingToTake }
            next.giveWay()
            let retired = next.retirement(of: local)
            return Record(.snapshot(next), event: .resolvedTheirs, retired: retired)
        }
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
        let other = reconciled(with: content, by: rules) { conflict, _ in
            switch decisions[conflict.name] {
            case .theirs, .value: .mine
            case .mine: .theirs
            case .hold, nil: .hold
            }
        }
        return other.local
    }
}
