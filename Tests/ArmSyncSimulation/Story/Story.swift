import DiskSimulation

/// What happens in one history, step by step: the same each time it is played.
struct Story: Hashable, Sendable {
    var stations: Int
    /// Whether the server holds nothing in the beginning.
    var isEmpty = false
    /// Whether the stations have disks, which lose what is not synced; else what is stored is safe,
    /// and most of a history's time is saved.
    var hasDisks = false
    /// Chooses what nobody says otherwise.
    var seed: UInt64 = 0
    var steps: [Step]

    enum Step: Hashable, Sendable {
        case edit(Int, Spot, EditKind, diesAfter: Int?)
        case sync(Int, SyncPlan)
        /// Decides what is held.
        case decide(Int, seed: UInt64)
        case discard(Int)
        case undo(Int)
        case retry(Int)
        case wait(seconds: Int)
        /// Somebody without arm-sync reads the document, to write it back changed some time.
        case rivalReads
        case rivalWrites(Spot, removes: Bool)
        case rivalEmpties
        /// Whatever runs at the station is killed.
        case kill(Int)
        case powerCut(Int, seed: UInt64)
        case clock(Int, hours: Int)
        case diskError(Int, DiskError, after: Int)
    }

    enum EditKind: Hashable, Sendable {
        case value
        case removal
        /// A new document, by import.
        case replacement
    }

    /// One run of sync.
    struct SyncPlan: Hashable, Sendable {
        /// Whether backoff and refresh intervals are obeyed.
        var isUnattended = false
        var sends = true
        /// Changes to the disk after which it is killed.
        var diesAfter: Int?
        /// One for each request; all others get through.
        var passages: [Passage] = []
    }

    /// What the system answers once.
    enum DiskError: Hashable, Sendable, CaseIterable {
        case writeFull, writeFailed, writeShort, syncFailed, renameFailed, truncateFailed
        case openFailed, readOnly, directorySyncFailed
    }
}
