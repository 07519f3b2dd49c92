package import ArmProtocol

/// What one run did for one document.
package struct SyncReport: Sendable {
    package enum Result: Sendable, Equatable {
        /// The server confirmed a save.
        case saved
        /// Nothing was to be done.
        case unchanged
        /// The server's document became local.
        case merged
        /// Not sent until a person decides: a conflict, a guard, a foreign server.
        case held(HeldReason)
        case failed(FailureKind)
        /// Not looked at: nothing to send, or backoff not over.
        case skipped
        /// The run was ended before this document was done; `requests` tells whether it had begun.
        case cutShort
        /// The local store failed.
        case storeFailed(StoreError)
    }

    package var key: DocumentKey
    package var result: Result
    /// Requests made for this document.
    package var requests = 0
    /// Edits the server confirmed.
    package var edits = 0
    /// The failure, where that is the result.
    package var failure: Failure?
    /// The trouble that keeps a skipped document waiting, or that a failure goes on as.
    package var trouble: Trouble?
    /// Whether the trouble behind a failure needs a person by now.
    package var needsAttention = false
    /// Whether unsaved edits wait in a document that was not looked at.
    package var waits = false

    package init(key: DocumentKey, result: Result) {
        self.key = key
        self.result = result
    }
}

/// How a run goes about it.
package struct SyncMode: Sendable, Equatable {
    /// Whether edits are sent; false reads only.
    package var sends: Bool
    /// Whether backoff and refresh intervals are obeyed; a person who types is never told to wait.
    package var onlyIfDue: Bool

    package init(sends: Bool = true, onlyIfDue: Bool = false) {
        self.sends = sends
        self.onlyIfDue = onlyIfDue
    }
}
