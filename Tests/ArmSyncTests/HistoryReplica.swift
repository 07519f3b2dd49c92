import ArmProtocol
import ArmSync
import JSONDocument

/// A station's document, and what has to become of it.
struct HistoryReplica {
    let name: String
    var state = DocumentState()
    /// What the last accepted edit, takeover or resolution made local.
    var expected: Content?
    /// What the server last took from it since it last agreed with the server, whether or not an
    /// answer came back.
    var applied: Content?
    /// What it last agreed with the server upon, or decided to replace.
    var known = UserData.absent
    /// Whether records go through their text, which takes most of the time.
    let rereads: Bool

    init(name: String, rereads: Bool) {
        self.name = name
        self.rereads = rereads
    }

    /// Whether replacing that is right.
    func knows(_ stored: UserData) -> Bool {
        if stored == known || stored == applied.map({ .document($0.value, $0.form) }) {
            return true
        }
        return stored.isNothing && known.isNothing
    }

    /// Local became the server's document: that is right only where the server had taken nothing
    /// else from here than what local was.
    mutating func giveWay(_ lost: inout [String]) {
        if let applied, applied != expected {
            lost.append("\(name) never told the server to undo \(applied.value)")
        }
        expected = state.local
    }

    mutating func fold(_ record: Record, at time: Timestamp) throws {
        let record = rereads ? try Record(json: record.json) : record
        try state.apply(record, sequence: state.sequence + 1, time: time)
    }
}

extension UserData {
    var isNothing: Bool { self == .absent || self == .empty }
}

extension Remote {
    var userData: UserData {
        switch self {
        case .absent: .absent
        case .value(let content): .document(content.value, content.form)
        case .foreign(let content): .foreign(content)
        }
    }
}
