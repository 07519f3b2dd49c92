package import ArmProtocol
import JSONDocument

extension DocumentState {
    /// The record that begins a save without a read, where saving unseen is allowed.
    ///
    /// A save whose end is still open is begun again with what local is now.
    package func sendingUnseen(to binding: Binding, at now: Timestamp) -> Record? {
        guard let local, isUnsettled else { return nil }
        if sent == nil && self.binding != nil {
            return Record(.sending(readAt: nil), event: .sending)
        }
        var next = self
        next.binding = binding
        if sent != nil {
            // That save may have arrived or not. Were base kept, edits that lead back to it would
            // look saved while the server holds what they undid.
            next.forgetBase()
            next.returnSentEdits()
        }
        next.sent = Sent(content: local, time: now, edits: next.edits)
        next.edits = []
        return Record(.snapshot(next), event: .sending)
    }

    /// The record of a save the server has confirmed. Edits made meanwhile stay in the outbox.
    ///
    /// - Parameter isWatched: whether reads can tell if a rival undoes it.
    package func afterSaved(
        by rules: MergeRules = MergeRules(),
        at now: Timestamp,
        isWatched: Bool = true
    ) -> Record? {
        guard let sent else { return nil }
        var next = self
        next.confirm(sent, by: rules, at: now, isWatched: isWatched)
        return Record(.snapshot(next), event: .saved)
    }

    /// The record of a read right after a save; nil where it shows what was saved.
    ///
    /// What differs is left to the next run's read: a rival may have saved in between. The same
    /// difference after two saves running means that the server itself alters what it is given.
    package func afterReadingBack(_ userData: UserData) -> Record? {
        guard case .value(let saved) = base, sent == nil else { return nil }
        var next = self
        next.alteration = nil
        if case .document(let value, let form) = userData, form == saved.form {
            next.alteration = Alteration(
                of: saved.value,
                over: lastSave?.before,
                to: value,
                after: alteration
            )
            if next.alteration?.isServers == true {
                next.remote = .value(Content(value: value, form: form))
            }
        }
        guard next != self else { return nil }
        return Record(.snapshot(next), event: next.alteration == nil ? .read : .altered)
    }

    /// The record of a failure, where the document has one to keep: a trouble of its own, or a save
    /// that surely did not arrive.
    package func afterFailure(
        _ failure: Failure,
        trouble newTrouble: Trouble?,
        ofSave: Bool
    ) -> Record? {
        let closesSent = ofSave && failure.closesSent && sent != nil
        guard newTrouble != nil || closesSent else { return nil }
        let note = Note(trouble: newTrouble ?? trouble, closesSent: closesSent)
        return Record(.note(note), event: .failed)
    }

    /// The record of a save that was given up before anything was sent: nothing has failed.
    package func afterNotSending() -> Record? {
        guard sent != nil else { return nil }
        return Record(.note(Note(trouble: trouble, closesSent: true)), event: .failed)
    }

    /// The record that forgets failed tries; nil where there are none.
    package func afterRetry() -> Record? {
        trouble == nil ? nil : Record(.note(Note(trouble: nil)), event: .retried)
    }
}
