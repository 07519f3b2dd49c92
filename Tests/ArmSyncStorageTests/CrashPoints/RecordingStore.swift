import DiskSimulation
import ArmProtocol
import ArmSync
import ArmSyncStorage

/// A store that keeps account of what it was given and what it promised.
struct RecordingStore: DocumentStore {
    let store: JournalStore
    let record: @Sendable ((inout CrashLedger) -> Void) -> Void

    func keys() throws(StoreError) -> [DocumentKey] { try store.keys() }

    func state(of key: DocumentKey) throws(StoreError) -> DocumentState {
        try store.state(of: key)
    }

    @discardableResult
    func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState {
        let after = try store.update(key, at: time) { (state) throws(Failure) in
            let decision = try decide(state)
            if let decision { record { $0.begin(decision, over: state, at: time) } }
            return decision
        }
        record { $0.acknowledge(after) }
        return after
    }

    func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {
        try store.refreshCache(of: key, at: time)
    }

    func lockSync() throws(StoreError) -> any SyncLock { try store.lockSync() }

    func serverStanding() -> ServerStanding { store.serverStanding() }

    func remember(_ standing: ServerStanding) throws(StoreError) { try store.remember(standing) }
}
