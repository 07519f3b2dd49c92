package import ArmProtocol

/// The port to the documents' durable state.
///
/// Readers take no lock and see the last complete record. A writer holds the document's lock from
/// before its decision reads the state until the record it decided on is durable; never across
/// network or an editor.
package protocol DocumentStore: Sendable {
    /// Every document that has state here, readable or not, ordered by the bytes of its ids.
    func keys() throws(StoreError) -> [DocumentKey]

    /// The state of a document; that of one never touched where there is none.
    func state(of key: DocumentKey) throws(StoreError) -> DocumentState

    /// Lets `decide` name the record to write for the state as it is now, and returns the state
    /// after it. Nil writes nothing.
    ///
    /// When this returns, the record survives power loss; where there was none to write, that state
    /// does, since whoever wrote it may have been killed before it was promised. When it throws `.failed`, the record was
    /// not stored and the state is what it was. What `decide` throws comes back as it is.
    @discardableResult
    func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState

    /// Brings the document's cache file up to its state where it is behind.
    func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError)

    /// Takes the lock of one run of sync, or says who holds it.
    func lockSync() throws(StoreError) -> any SyncLock

    /// What is remembered of the server. Losable: unreadable counts as nothing known.
    func serverStanding() -> ServerStanding

    /// Remembers the server's standing, without a promise.
    func remember(_ standing: ServerStanding) throws(StoreError)
}

/// The right to sync: at most one process has it for a state directory.
package protocol SyncLock: Sendable {
    /// Gives the lock back. Ending the process does the same.
    func unlock()
}

/// Why an update did not take place.
package enum UpdateError<Failure: Error>: Error {
    /// The decision itself failed.
    case declined(Failure)
    /// The store did.
    case failed(StoreError)
}

/// The local store failed.
package struct StoreError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// Input or output failed: a full disk, a missing right.
        case failed
        /// A journal is damaged; the document refuses writes until it is repaired.
        case unreadable
        /// Somebody else is syncing; the process id, where it is known.
        case busy(processID: Int32?)
        /// The id cannot name a folder.
        case unusableID
    }

    package var code: Code
    /// What happened and what to do, in plain English, without a trailing full stop.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
