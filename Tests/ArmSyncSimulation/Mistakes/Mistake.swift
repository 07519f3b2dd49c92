import ArmSync
import DiskSimulation

/// Something that arm-sync could do wrong, done wrong on purpose: each has to be found out.
enum Mistake: String, CaseIterable, Sendable {
    /// Records are promised before they are on the disk.
    case skipSync
    /// A descriptor is believed after its sync failed.
    case trustAfterFailedSync
    /// What a failure leaves at the end of the journal stays there.
    case noCut
    /// Saves are not noted before they are sent.
    case forgetSending
    /// What was sent is noted, and lost with the next snapshot.
    case snapshotWithoutSent
    /// An edit made while a save was under way counts as saved with it.
    case dropEditDuringSave
    /// Confirmed saves are not watched.
    case noWatch
    /// What was undone unseen comes back as often as it is undone.
    case alwaysBringBack
    /// What was read is merged over nothing, as if base had been thrown away.
    case forgetBase

    var diskFlaw: DiskFlaw? {
        switch self {
        case .skipSync: .noSync
        case .trustAfterFailedSync: .trustAfterFailedSync
        case .noCut: .noCut
        default: nil
        }
    }
}

extension Mistake? {
    /// The record that is written instead.
    func altering(_ record: Record?, over state: DocumentState) -> Record? {
        guard let self, var record else { return record }
        switch (self, record.change) {
        case (.forgetSending, .sending): return nil
        case (.forgetSending, .snapshot(var next)) where next.sent != nil,
            (.snapshotWithoutSent, .snapshot(var next)) where next.sent != nil:
            next.edits = next.outbox
            next.sent = nil
            record.change = .snapshot(next)
        case (.dropEditDuringSave, .snapshot(var next)) where record.event == .saved:
            next.local = next.base.content
            next.edits = []
            record.change = .snapshot(next)
        case (.noWatch, .snapshot(var next)):
            next.watches = []
            record.change = .snapshot(next)
        case (.alwaysBringBack, .snapshot(var next)):
            for index in next.watches.indices { next.watches[index].isContested = false }
            record.change = .snapshot(next)
        case (.forgetBase, .snapshot(var next)) where record.event == .saved:
            next.base = .unknown
            next.watches = []
            record.change = .snapshot(next)
        default: break
        }
        return record
    }
}
