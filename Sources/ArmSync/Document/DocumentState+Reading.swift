package import ArmProtocol
import JSONDocument

/// What a read of the server's document leads to.
package struct ReadDecision: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        /// Local goes to the server now; the record has journalled it as sent.
        case send(Content)
        /// Nothing is to be sent. `tookOver`: the server's document became local.
        case settled(tookOver: Bool)
        /// Nothing is sent until a person decides.
        case held(HeldReason)
    }

    /// Nil where the read changed nothing that a journal keeps.
    package var record: Record?
    package var step: Step
}

extension DocumentState {
    /// Decides what follows from a read, in one record at most.
    ///
    /// A save whose end was not known is settled here first: the server holds it, or it does not.
    /// Nothing is ever sent over a value that is neither base nor local nor merged into local.
    ///
    /// - Parameter sends: false for a `pull`, which sends nothing.
    package func afterReading(
        _ userData: UserData,
        from binding: Binding,
        by rules: MergeRules = MergeRules(),
        at now: Timestamp,
        sends: Bool
    ) -> ReadDecision {
        var next = self
        next.binding = binding
        next.remote = nil
        next.bringWatches(backTo: now)
        let arrived = next.settleSent(against: userData, by: rules, at: now)
        let outcome = next.compare(with: userData, by: rules, at: now, sends: sends)
        if case .send(let content) = outcome.step {
            return next.sending(content, after: outcome, comingFrom: self, at: now)
        }
        // States are equal by value; what was taken over may differ in literals and order alone.
        guard next != self || outcome.event == .takenOver else {
            // When it was is losable, and not worth a sync of the disk; that it ever was is not.
            guard trouble != nil || lastReadAt == nil else {
                return ReadDecision(record: nil, step: outcome.step)
            }
            let note = Note(trouble: nil, readAt: now)
            return ReadDecision(record: Record(.note(note), event: .read), step: outcome.step)
        }
        next.trouble = nil
        next.lastReadAt = now
        let event = arrived ? Event.arrived : outcome.event
        let record = Record(.snapshot(next), event: event, retired: outcome.retired)
        return ReadDecision(record: record, step: outcome.step)
    }

    /// What comparing came to.
    private struct Outcome {
        var step: ReadDecision.Step
        var event: Event
        /// What lost by policy.
        var retired: JSONPatch?

        init(_ step: ReadDecision.Step, _ event: Event) {
            self.step = step
            self.event = event
        }
    }

    /// Ends a save under way where what the server holds now tells how it ended; true where it had
    /// arrived.
    ///
    /// A third value tells nothing: it may have been written over base or over what was sent. The
    /// save stays open then, so that local is never taken for what the server once held, even where
    /// later edits made it equal to base.
    private mutating func settleSent(
        against userData: UserData,
        by rules: MergeRules,
        at now: Timestamp
    ) -> Bool {
        guard let sent else { return false }
        if userData.content == sent.content {
            confirm(sent, by: rules, at: now, isWatched: true)
            lastSavedAt = sent.time
            return true
        }
        if isBase(userData) { leaveSentBehind() }
        return false
    }

    /// Whether the server holds what base says, or nothing where base is no document or has nothing
    /// in it.
    private func isBase(_ userData: UserData) -> Bool {
        switch (userData, base) {
        case (.document, .value(let content)): userData.content == content
        case (.absent, .absent), (.absent, .unknown), (.absent, .foreign): true
        case (.empty, .absent), (.empty, .unknown), (.empty, .foreign): true
        case (.absent, .value(let content)), (.empty, .value(let content)):
            content.value.isEmptyDocument
        case (.foreign(let content), .foreign(let known)): content == known
        case (.document, _), (.foreign, _): false
        }
    }

    private mutating func compare(
        with userData: UserData,
        by rules: MergeRules,
        at now: Timestamp,
        sends: Bool
    ) -> Outcome {
        switch userData {
        case .foreign where isBase(userData): return sendIfUnsaved(sends)
        case .foreign(let content):
            remote = .foreign(content)
            return Outcome(.held(.foreignContent), .held)
        case .absent where isBase(userData), .empty where isBase(userData):
            guard let known = base.content else {
                base = .absent
                return sendIfUnsaved(sends)
            }
            // An empty document need not be saved anew where the server keeps none.
            return known == local ? takeOver(known, by: rules) : sendIfUnsaved(sends)
        case .absent, .empty:
            remote = .absent
            return Outcome(.held(.remoteEmptied), .held)
        case .document(let value, let form):
            let content = Content(value: value, form: form)
            return compare(with: content, by: rules, at: now, sends: sends)
        }
    }

    private mutating func compare(
        with content: Content,
        by rules: MergeRules,
        at now: Timestamp,
        sends: Bool
    ) -> Outcome {
        if content == local {
            endWatches(by: rules, at: now)
            return takeOver(content, by: rules)
        }
        if content == base.content {
            endWatches(by: rules, at: now)
            return sendIfUnsaved(sends)
        }
        if isEmptied(by: content) {
            remote = .value(content)
            return Outcome(.held(.remoteEmptied), .held)
        }
        if isReplacement, let late = ghosts.firstIndex(where: { $0.value == content.value }) {
            // Nobody else's: a save of ours that had got lost, and was replaced meanwhile.
            ghosts.remove(at: late)
            leaveSentBehind()
            takeBase(content, by: rules)
            return sendIfUnsaved(sends)
        }
        contestOldWatches(by: rules, at: now)
        let merged = reconciled(with: content, by: rules, settling: rules.decision)
        guard merged.conflicts.isEmpty, let result = merged.local else {
            remote = .value(content)
            return Outcome(.held(merged.isAltered ? .serverAltersData : .conflict), .conflict)
        }
        let lost = losing(merged.settled, to: content, by: rules)
        endWatches(by: rules, at: now, except: merged.undone)
        // A lost save arrives once.
        ghosts.removeAll { merged.arrived.contains($0) }
        var outcome: Outcome
        if result == content {
            outcome = takeOver(content, by: rules)
        } else {
            outcome = takeIn(merged, result, read: content, by: rules, at: now, sends: sends)
        }
        outcome.retired = lost.flatMap(retirement(of:))
        return outcome
    }

    /// What the server holds becomes local, or is local already.
    ///
    /// Local takes the server's literals and member order even where the values are equal: what was
    /// not touched here is saved as it was found.
    private mutating func takeOver(_ content: Content, by rules: MergeRules) -> Outcome {
        let isSame = content == local
        let isIdentical = local.map { $0.isIdentical(to: content) } ?? false
        leaveSentBehind()
        if !isIdentical || base.content != content {
            takeBase(content, by: rules)
            local = content
        }
        edits = []
        emptiesOnPurpose = false
        giveUpReturning(rules.merge)
        if alteration?.isServers == true { alteration = nil }
        return Outcome(.settled(tookOver: !isSame), isIdentical ? .read : .takenOver)
    }

    /// Both sides' changes become local, and go to the server.
    private mutating func takeIn(
        _ merged: Reconciliation,
        _ result: Content,
        read content: Content,
        by rules: MergeRules,
        at now: Timestamp,
        sends: Bool
    ) -> Outcome {
        leaveSentBehind()
        local = result
        takeBase(content, bringingBack: merged.restored, by: rules)
        if edits.isEmpty {
            // What a rival undid waits again, and nobody has edited since.
            edits = [OutboxEntry(count: 1, first: now, last: now)]
        }
        return Outcome(sendIfUnsaved(sends).step, .merged)
    }

    /// A save in the future was made before the clock was set back, and nobody knows how long ago:
    /// its window begins now, or it would be watched until that time comes again, and later saves
    /// would be taken for older ones.
    private mutating func bringWatches(backTo now: Timestamp) {
        for index in watches.indices { watches[index].savedAt = min(watches[index].savedAt, now) }
        for index in ghosts.indices { ghosts[index].sentAt = min(ghosts[index].sentAt, now) }
    }

    /// Forgets the changes that nobody can undo unseen any more: whoever read before them has long
    /// saved, and what was on its way has long arrived.
    private mutating func endWatches(
        by rules: MergeRules,
        at now: Timestamp,
        except undone: [Watch] = []
    ) {
        watches.removeAll { watch in
            !undone.contains(watch) && now.since(watch.savedAt) >= rules.rivalWindow
        }
        ghosts.removeAll { now.since($0.sentAt) >= rules.rivalWindow }
    }

    /// Whoever had read before a save has written by the end of its window. What is undone and was
    /// not seen before may have been undone since, by somebody who knew what he did.
    private mutating func contestOldWatches(by rules: MergeRules, at now: Timestamp) {
        for index in watches.indices where now.since(watches[index].savedAt) >= rules.rivalWindow {
            watches[index].isContested = true
        }
    }

    private func sendIfUnsaved(_ sends: Bool) -> Outcome {
        guard let local, hasUnsaved, sends else { return Outcome(.settled(tookOver: false), .read) }
        if let reason = emptiness { return Outcome(.held(reason), .held) }
        return Outcome(.send(local), .sending)
    }

    /// The record that journals local as sent: a small one where nothing else has changed.
    private func sending(
        _ content: Content,
        after outcome: Outcome,
        comingFrom previous: DocumentState,
        at now: Timestamp
    ) -> ReadDecision {
        let step = outcome.step
        guard self != previous else {
            return ReadDecision(record: Record(.sending(readAt: now), event: .sending), step: step)
        }
        var next = self
        next.sent = Sent(content: content, time: now, edits: edits)
        next.edits = []
        next.lastReadAt = now
        let record = Record(.snapshot(next), event: outcome.event, retired: outcome.retired)
        return ReadDecision(record: record, step: step)
    }
}

extension UserData {
    /// The document, where this is one.
    fileprivate var content: Content? {
        guard case .document(let value, let form) = self else { return nil }
        return Content(value: value, form: form)
    }
}
