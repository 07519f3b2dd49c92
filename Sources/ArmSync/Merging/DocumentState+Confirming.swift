import ArmProtocol
import JSONDocument

extension DocumentState {
    /// Ends the save under way as one the server has.
    ///
    /// Its changes are watched from now on, and so is what a save could undo that got lost before
    /// and may still arrive.
    ///
    /// - Parameter isWatched: false where nothing can be read: then nobody would ever look.
    mutating func confirm(_ sent: Sent, by rules: MergeRules, at now: Timestamp, isWatched: Bool) {
        let merge = rules.merge
        let old = base
        base = .value(sent.content)
        self.sent = nil
        remote = nil
        trouble = nil
        lastSavedAt = now
        isReplacement = false
        ghosts.removeAll { now.since($0.sentAt) >= rules.rivalWindow || now < $0.sentAt }
        let restored = returning
        returning = nil
        if !hasUnsaved { edits = [] }
        guard isWatched, old.isKnown else {
            watches = []
            lastSave = nil
            return
        }
        let before = old.content?.value
        let after = sent.content.value
        lastSave = LastSave(savedAt: now, before: before, after: after)
        watches = watches.rebased(from: before, to: after, merge)
        if let restored {
            let undone = merge.moving(after, from: restored, to: before)
            watches.append(Watch(savedAt: now, before: undone, isReturned: true))
        }
        watches.append(Watch(savedAt: now, before: restored ?? before))
        watches += ghosts.map { Watch(savedAt: now, before: $0.value) }
        watches = watches.filter { $0.before != after }.limited(for: after)
    }

    /// Takes what was read for base; what the changes that are watched make of it stays watched.
    mutating func takeBase(_ read: Content, by rules: MergeRules) {
        if case .value(let old) = base {
            watches = watches.rebased(from: old.value, to: read.value, rules.merge)
            if let restored = returning,
                let next = rules.merge.moving(
                    read.value,
                    from: old.value,
                    to: restored
                ), next != read.value
            {
                returning = next
            } else {
                returning = nil
            }
        }
        base = .value(read)
        isReplacement = false
    }

    /// Forgets what is watched: it means nothing where base is not known any more.
    mutating func forgetSaves() {
        watches = []
        ghosts = []
        returning = nil
        lastSave = nil
        alteration = nil
    }

    /// Ends the save under way as one whose end nobody knows: it may arrive yet.
    mutating func leaveSentBehind() {
        guard let sent else { return }
        ghosts.append(Ghost(sentAt: sent.time, value: sent.content.value))
        ghosts = ghosts.suffix([Watch].saveLimit(for: sent.content.value))
        returnSentEdits()
    }
}

extension Base {
    /// Whether a read or a save has told what the server held.
    var isKnown: Bool {
        switch self {
        case .unknown, .foreign: false
        case .absent, .value: true
        }
    }

    var isForeign: Bool {
        if case .foreign = self { true } else { false }
    }
}
