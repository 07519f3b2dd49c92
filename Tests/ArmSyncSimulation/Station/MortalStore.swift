import ArmProtocol
import ArmSync
import ArmSyncTestKit

/// A store in memory as a process has it that may be killed.
struct MortalStore: DocumentStore {
    /// About as many changes to the disk as a record would take.
    private static let effects = 3
    private static let killed = StoreError(.failed, "the process was killed")

    private let store: InMemoryDocumentStore
    private let process: SimulatedProcess

    init(_ store: InMemoryDocumentStore, _ process: SimulatedProcess) {
        self.store = store
        self.process = process
    }

    func keys() throws(StoreError) -> [DocumentKey] { try store.keys() }

    func state(of key: DocumentKey) throws(StoreError) -> DocumentState {
        try checkLife()
        return try store.state(of: key)
    }

    @discardableResult
    func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState {
        guard process.isAlive else { throw .failed(Self.killed) }
        let after = try store.update(key, at: time, decide: decide)
        process.spend(Self.effects)
        // Stored, but nobody was told.
        guard process.isAlive else { throw .failed(Self.killed) }
        return after
    }

    func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {
        try checkLife()
    }

    func lockSync() throws(StoreError) -> any SyncLock {
        try checkLife()
        let lock = MortalLock(try store.lockSync(), process)
        process.hold(lock) { lock.base.unlock() }
        return lock
    }

    func serverStanding() -> ServerStanding { store.serverStanding() }

    func remember(_ standing: ServerStanding) throws(StoreError) {
        try checkLife()
        try store.remember(standing)
    }

    private func checkLife() throws(StoreError) {
        guard process.isAlive else { throw Self.killed }
    }
}

/// The right to sync, which ends with the process, too.
private final class MortalLock: SyncLock {
    let base: any SyncLock
    private let process: SimulatedProcess

    init(_ base: any SyncLock, _ process: SimulatedProcess) {
        self.base = base
        self.process = process
    }

    func unlock() {
        // Another process may have it by now.
        guard process.isAlive else { return }
        process.giveUp(self)
        base.unlock()
    }
}
