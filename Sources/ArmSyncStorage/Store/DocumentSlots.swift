import ArmProtocol
private import Synchronization

/// Journals this process has open, by document, so that many edits do not read one file again and
/// again.
///
/// A slot that was evicted while somebody uses it does no harm: whoever makes another one for the
/// same document still waits at the lock of the file.
final class DocumentSlots: Sendable {
    /// Most journals kept open.
    static let limit = 64

    /// One document's journal, and the right of one thread at a time to write it. The lock of the
    /// file tells processes apart, this one spares threads the reopening.
    typealias Slot = Synchronized<OpenJournal?>

    private struct Contents {
        var slots: [DocumentKey: (slot: Slot, usedAt: Int)] = [:]
        var uses = 0
    }

    private let contents = Mutex(Contents())

    /// The slot of a document, new where there was none.
    func slot(of key: DocumentKey) -> Slot {
        contents.withLock { contents in
            contents.uses += 1
            let slot = contents.slots[key]?.slot ?? Slot(nil)
            contents.slots[key] = (slot, contents.uses)
            if contents.slots.count > Self.limit,
                let oldest = contents.slots.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                contents.slots[oldest.key] = nil
            }
            return slot
        }
    }

    func existingSlot(of key: DocumentKey) -> Slot? {
        contents.withLock { $0.slots[key]?.slot }
    }
}
