import ArmProtocol
import ArmSync
import JSONDocument

/// A station's document, and how far its sync has come.
struct HistoryReplica {
    /// What a sync does next. A kill forgets it, and nothing else.
    enum Stage {
        case idle
        case read(UserData)
        case save(Content)
        case saved(Exchange)
        case readBack
    }

    var state = DocumentState()
    var stage = Stage.idle
    /// Whether records go through their text, which takes most of the time.
    let rereads: Bool
    /// Whether what saves leave behind is remembered, as it always is but for comparison.
    let watches: Bool

    init(rereads: Bool, watches: Bool) {
        self.rereads = rereads
        self.watches = watches
    }

    mutating func fold(_ record: Record, at time: Timestamp) throws {
        let record = rereads ? try Record(json: record.json) : record
        try state.apply(record, sequence: state.sequence + 1, time: time)
        if watches { return }
        state.watches = []
        state.ghosts = []
        state.returning = nil
    }
}

extension UserData {
    init(_ content: Content) { self = .document(content.value, content.form) }

    var isNothing: Bool { self == .absent || self == .empty }
}
