package import ArmProtocol
package import ArmSync
private import Synchronization

/// A `DocumentStore` that keeps nothing beyond its own life.
///
/// Every record passes through its JSON form before it is folded, so that what this store accepts a
/// journal on disk would give back; unless that is given up for speed.
package final class InMemoryDocumentStore: DocumentStore {
    private struct Contents {
        var states: [DocumentKey: DocumentState] = [:]
        var records: [DocumentKey: [Record]] = [:]
        var failures: [DocumentKey: StoreError] = [:]
        var standing = ServerStanding()
    }

    private let contents = Mutex(Contents())
    private let syncing = InMemorySyncLock()
    private let rereads: Bool

    /// - Parameter rereads: whether records pass through their JSON form, and are kept.
    package init(rereads: Bool = true) { self.rereads = rereads }

    package func keys() throws(StoreError) -> [DocumentKey] {
        contents.withLock { contents in
            Set(contents.states.keys).union(contents.failures.keys)
                .sorted { $0.orderedBytes.lexicographicallyPrecedes($1.orderedBytes) }
        }
    }

    package func state(of key: DocumentKey) throws(StoreError) -> DocumentState {
        try contents.withLock { (contents) throws(StoreError) in
            if let failure = contents.failures[key], failure.code == .unreadable { throw failure }
            return contents.states[key] ?? DocumentState()
        }
    }

    @discardableResult
    package func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState {
        try contents.withLock { (contents) throws(UpdateError<Failure>) in
            if let failure = contents.failures[key] { throw .failed(failure) }
            var state = contents.states[key] ?? DocumentState()
            let decision: Record?
            do throws(Failure) {
                decision = try decide(state)
            } catch {
                throw .declined(error)
            }
            guard let decision else { return state }
            let record: Record
            do throws(FoldError) {
                record = rereads ? try Record(json: decision.json) : decision
                try state.apply(record, sequence: state.sequence + 1, time: time)
            } catch {
                throw .failed(StoreError(.failed, "the record does not fit: \(error.message)"))
            }
            contents.states[key] = state
            if rereads { contents.records[key, default: []].append(record) }
            return state
        }
    }

    package func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {}

    package func lockSync() throws(StoreError) -> any SyncLock {
        guard syncing.lock() else {
            throw StoreError(.busy(processID: nil), "another sync is running")
        }
        return syncing
    }

    package func serverStanding() -> ServerStanding { contents.withLock { $0.standing } }

    package func remember(_ standing: ServerStanding) throws(StoreError) {
        contents.withLock { $0.standing = standing }
    }
}

extension InMemoryDocumentStore {
    /// Every record a document has, oldest first.
    package func records(of key: DocumentKey) -> [Record] {
        contents.withLock { $0.records[key] ?? [] }
    }

    /// Makes every update of a document fail so, and with `.unreadable` every read too; nil heals.
    package func fail(_ key: DocumentKey, with failure: StoreError?) {
        contents.withLock { $0.failures[key] = failure }
    }
}

/// The right to sync, within one store.
private final class InMemorySyncLock: SyncLock {
    private let isHeld = Mutex(false)

    func lock() -> Bool {
        isHeld.withLock { isHeld in
            defer { isHeld = true }
            return !isHeld
        }
    }

    func unlock() { isHeld.withLock { $0 = false } }
}

extension DocumentKey {
    /// Bytes whose order is that of the ids: no agent comes first, and no id contains its mark.
    fileprivate var orderedBytes: [Int] {
        application.utf8.map { Int($0) } + [-2] + (agent.map { $0.utf8.map { Int($0) } } ?? [-1])
    }
}
