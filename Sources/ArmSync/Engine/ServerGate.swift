import ArmProtocol

/// What this run knows of the server so far, shared by every document under way.
///
/// The first document goes alone until the server has answered, so that a server out of reach costs
/// one timeout a run; from then on a failure of the server's own stops all that have not begun.
actor ServerGate {
    /// Documents in a row that must fail alike before a suspect failure counts as the server's.
    static let suspicions = 2

    private(set) var standing: ServerStanding
    /// Why nothing more is asked of the server in this run.
    private(set) var stop: Failure?
    private(set) var hasContact = false

    /// Of reads and of saves: a link that lets small requests through may lose every large one, so
    /// that each document would be read well and cost a timeout to save.
    private var suspectsInARow = (reads: 0, saves: 0)
    private let policy: RetryPolicy

    init(standing: ServerStanding, policy: RetryPolicy) {
        self.standing = standing
        self.policy = policy
    }

    /// The switch answered in its own format, whatever it said.
    func recordContact(at now: Timestamp, ofSave: Bool) {
        hasContact = true
        if ofSave { suspectsInARow.saves = 0 } else { suspectsInARow.reads = 0 }
        standing.lastContactAt = now
        if stop == nil { standing.trouble = nil }
    }

    /// A document was read and was as it was here.
    func recordUnchanged(_ key: DocumentKey, at now: Timestamp) { standing.reads[key] = now }

    /// Counts a failure; true where it is the server's, and so ends the run for all documents.
    func record(_ failure: Failure, at now: Timestamp, chance: Double, ofSave: Bool) -> Bool {
        switch failure.scope {
        case .document:
            return false
        case .suspect:
            if ofSave { suspectsInARow.saves += 1 } else { suspectsInARow.reads += 1 }
            let suspects = ofSave ? suspectsInARow.saves : suspectsInARow.reads
            guard suspects >= Self.suspicions else { return false }
        case .server:
            break
        }
        guard stop == nil else { return true }
        stop = failure
        standing.trouble = policy.trouble(
            after: failure,
            previous: standing.trouble,
            at: now,
            chance: chance
        )
        return true
    }
}
