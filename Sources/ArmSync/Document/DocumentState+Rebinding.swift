extension DocumentState {
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
