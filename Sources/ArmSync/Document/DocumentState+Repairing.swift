extension DocumentState {
    /// The state to go on from where records after this one are lost.
    ///
    /// They may have confirmed saves, and undone them again: base may be long past, and edits that
    /// look unsaved may have been at the server and taken back since. Where anything would be sent,
    /// base is therefore forgotten: the next read then shows a conflict unless the server holds just
    /// what is here. Where nothing would be, base does no harm: the next read is taken over.
    package var mistrusted: DocumentState {
        var next = self
        if isUnsettled {
            next.returnSentEdits()
            next.forgetBase()
        }
        // What they undid again must not come back.
        next.forgetSaves()
        next.remote = nil
        next.trouble = nil
        next.lastReadAt = nil
        return next
    }
}
