package import ArmProtocol

extension DocumentStore {
    /// `update` for a decision that cannot fail.
    @discardableResult
    package func commit(
        _ key: DocumentKey,
        at time: Timestamp,
        _ decide: (DocumentState) -> Record?
    ) throws(StoreError) -> DocumentState {
        do {
            return try update(key, at: time) { (state: DocumentState) throws(Never) in
                decide(state)
            }
        } catch {
            switch error {
            case .failed(let error): throw error
            }
        }
    }
}
