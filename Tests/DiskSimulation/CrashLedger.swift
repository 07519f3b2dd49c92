package import ArmSync

import ArmSyncStorage

/// What was promised of a document up to some moment, and what more may be there.
package struct CrashLedger: Sendable {
    /// The state of the last update that returned.
    package private(set) var acknowledged = DocumentState()
    /// What the updates since then, which failed or have not returned, would make of it.
    package private(set) var underway: [DocumentState] = []
    /// The journal that somebody damaged, until it is repaired.
    package private(set) var damaged: [UInt8]?
    package init() {}

    package mutating func begin(_ record: Record, over state: DocumentState, at time: Timestamp) {
        var after = state
        guard let record = try? Record(json: record.json),
            (try? after.apply(record, sequence: state.sequence + 1, time: time.asWritten)) != nil
        else { return }
        begin(after)
    }

    package mutating func begin(_ state: DocumentState) {
        underway.append(state)
    }

    package mutating func acknowledge(_ state: DocumentState) {
        acknowledged = state
        underway = []
        damaged = nil
    }

    package mutating func damage(_ journal: [UInt8]) {
        damaged = journal
    }

    /// Tells one account from another.
    package var digest: Int {
        var hasher = Hasher()
        hasher.combine(acknowledged)
        hasher.combine(underway)
        hasher.combine(damaged)
        return hasher.finalize()
    }

    /// Whether a document may be so: as it was promised, or with one thing more that was begun.
    ///
    /// Small records of what a crash left behind change nothing but the number of the last record.
    package func allows(_ state: DocumentState) -> Bool {
        (damaged == nil ? [acknowledged] + underway : underway).contains { expected in
            var renumbered = expected
            renumbered.sequence = state.sequence
            return state == renumbered
                && (expected.sequence...expected.sequence + 2).contains(state.sequence)
        }
    }
}
