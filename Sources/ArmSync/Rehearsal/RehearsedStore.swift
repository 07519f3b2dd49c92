package import ArmProtocol
import Synchronization

/// A store that can be read and remembers what would have been written, for as long as it lives:
/// the engine decides as ever, and nothing anywhere changes.
package final class RehearsedStore: DocumentStore {
    private let real: any DocumentStore
    /// The documents that would have changed.
    private let changed = Mutex<[DocumentKey: DocumentState]>([:])

    package init(over real: any DocumentStore) { self.real = real }

    package func keys() throws(StoreError) -> [DocumentKey] { try real.keys() }

    package func state(of key: DocumentKey) throws(StoreError) -> DocumentState {
        if let state = changed.withLock({ $0[key] }) { return state }
        return try real.state(of: key)
    }

    @discardableResult
    package func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState {
        var state: DocumentState
        do throws(StoreError) { state = try self.state(of: key) } catch { throw .failed(error) }
        let decision: Record?
        do throws(Failure) { decision = try decide(state) } catch { throw .declined(error) }
        guard let decision else { return state }
        do throws(FoldError) {
            try state.apply(decision, sequence: state.sequence + 1, time: time)
        } catch {
            throw .failed(StoreError(.failed, "the record does not fit: \(error.message)"))
        }
        changed.withLock { $0[key] = state }
        return state
    }

    package func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {}

    /// Anybody may rehearse at any time.
    package func lockSync() throws(StoreError) -> any SyncLock { RehearsedLock() }

    package func serverStanding() -> ServerStanding { real.serverStanding() }

    package func remember(_ standing: ServerStanding) throws(StoreError) {}
}

private struct RehearsedLock: SyncLock {
    func unlock() {}
}
