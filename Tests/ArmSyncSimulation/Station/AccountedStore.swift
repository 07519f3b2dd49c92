import ArmProtocol
import ArmSync
import DiskSimulation

/// A store that tells the account what it was given and what it promised.
struct AccountedStore: DocumentStore {
    let store: any DocumentStore
    let station: SimulatedStation

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
        var event: Event?
        let after = try store.update(key, at: time) { (state) throws(Failure) in
            station.account.stationStarts(station.index, from: state)
            let decision = try station.mistake.altering(decide(state), over: state)
            event = decision?.event
            if let decision { station.noteBegun(decision, over: state, at: time) }
            return decision
        }
        station.record { $0.acknowledge(after) }
        station.account.stationChanged(station.index, to: after, after: event)
        return after
    }

    func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {
        try store.refreshCache(of: key, at: time)
    }

    func lockSync() throws(StoreError) -> any SyncLock { try store.lockSync() }

    func serverStanding() -> ServerStanding { store.serverStanding() }

    func remember(_ standing: ServerStanding) throws(StoreError) { try store.remember(standing) }
}
