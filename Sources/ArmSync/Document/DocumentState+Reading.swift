package import ArmProtocol

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
    /// Nothing is ever sent over a value that is neither base nor local.
    ///
    /// - Parameter sends: false for a `pull`, which leaves local where it is.
    package func afterReading(
        _ userData: UserData,
        from binding: Binding,
        at now: Timestamp,
        sends: Bool
    ) -> ReadDecision {
        var next = self
        next.binding = binding
        next.remote = nil
        let arrived = next.settleSent(against: userData)
        let (step, taken) = next.compare(with: userData, sends: sends)
        if case .send(let content) = step {
            return next.sending(content, comingFrom: self, at: now)
        }
        // States are equal by value; what was taken over may differ in literals and order alone.
        guard next != self || taken == .takenOver else {
            // When it was is losable, and not worth a sync of the disk; that it ever was is not.
            guard trouble != nil || lastReadAt == nil else {
                return ReadDecision(record: nil, step: step)
            }
            let note = Note(trouble: nil, readAt: now)
            return ReadDecision(record: Record(.note(note), event: .read), step: step)
        }
        next.trouble = nil
        next.lastReadAt = now
        let event = arrived ? Event.arrived : taken
        return ReadDecision(record: Record(.snapshot(next), event: event), step: step)
    }

    /// Ends a save under way where what the server holds now tells how it ended; true where it had
    /// arrived.
    ///
    /// A third value tells nothing: it may have been written over base or over what was sent. The
    /// save stays open then, so that local is never taken for what the server once held, even where
    /// later edits made it equal to base.
    private mutating func settleSent(against userData: UserData) -> Bool {
        guard let sent else { return false }
        if userData.content == sent.content {
            base = .value(sent.content)
            lastSavedAt = sent.time
            self.sent = nil
            return true
        }
        if isBase(userData) { returnSentEdits() }
        return false
    }

    /// Whether the server holds what base says, or nothing where base is no document.
    private func isBase(_ userData: UserData) -> Bool {
        switch (userData, base) {
        case (.document, .value(let content)): userData.content == content
        case (.absent, .absent), (.absent, .unknown), (.absent, .foreign): true
        case (.empty, .absent), (.empty, .unknown), (.empty, .foreign): true
        case (.foreign(let content), .foreign(let known)): content == known
        case (.document, _), (.absent, _), (.empty, _), (.foreign, _): false
        }
    }

    private mutating func compare(
        with userData: UserData,
        sends: Bool
    ) -> (ReadDecision.Step, Event) {
        switch userData {
        case .foreign where isBase(userData): return (sendIfUnsaved(sends), .read)
        case .foreign(let content):
            remote = .foreign(content)
            return (.held(.foreignContent), .held)
        case .absent where isBase(userData), .empty where isBase(userData):
            base = .absent
            return (sendIfUnsaved(sends), .read)
        case .absent, .empty:
            remote = .absent
            return (.held(.remoteEmptied), .held)
        case .document(let value, let form):
            return compare(with: Content(value: value, form: form), sends: sends)
        }
    }

    private mutating func compare(
        with content: Content,
        sends: Bool
    ) -> (ReadDecision.Step, Event) {
        if content == local || !isUnsettled {
            // Local takes the server's literals and member order even where the values are equal:
            // what was not touched here is saved as it was found.
            let isSame = content == local
            let isIdentical = local.map { $0.isIdentical(to: content) } ?? false
            if !isIdentical || base.content != content {
                base = .value(content)
                local = content
            }
            sent = nil
            edits = []
            return (.settled(tookOver: !isSame), isIdentical ? .read : .takenOver)
        }
        if content == base.content { return (sendIfUnsaved(sends), .read) }
        remote = .value(content)
        return (.held(.conflict), .conflict)
    }

    private func sendIfUnsaved(_ sends: Bool) -> ReadDecision.Step {
        guard let local, hasUnsaved, sends else { return .settled(tookOver: false) }
        return .send(local)
    }

    /// The record that journals local as sent: a small one where nothing else has changed.
    private func sending(
        _ content: Content,
        comingFrom previous: DocumentState,
        at now: Timestamp
    ) -> ReadDecision {
        let step = ReadDecision.Step.send(content)
        guard self != previous else {
            return ReadDecision(record: Record(.sending(readAt: now), event: .sending), step: step)
        }
        var next = self
        next.sent = Sent(content: content, time: now, edits: edits)
        next.edits = []
        next.lastReadAt = now
        return ReadDecision(record: Record(.snapshot(next), event: .sending), step: step)
    }
}

extension UserData {
    /// The document, where this is one.
    fileprivate var content: Content? {
        guard case .document(let value, let form) = self else { return nil }
        return Content(value: value, form: form)
    }
}
