import ArmProtocol
import JSONDocument

extension DocumentState {
    /// Ends the save under way as one the server has.
    ///
    /// Its changes are watched from now on.
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
        let restored = returning
        returning = nil
        if !hasUnsaved {
            edits = []
            emptiesOnPurpose = false
        }
        guard isWatched, old.isKnown else {
            watches = []
            lastSave = nil
            return
        }
        let after = sent.content.value
        lastSave = LastSave(savedAt: now, before: old.content?.value, after: after)
        // Nothing has the same parts as an empty document, so that each is watched by itself.
        let before = old.content?.value ?? .object(JSONObject())
        watches = watches.rebased(ontoSaved: after, from: restored ?? before, merge)
        var own: JSONValue? = before
        if let restored {
            // What came back and was not given up since is watched as such, and as nothing else.
            let undone = merge.moving(after, from: restored, to: before)
            watches.append(Watch(savedAt: now, before: undone, isContested: true))
            own = merge.moving(before, from: undone, to: after)
            // What was changed once more on its way back: a rival may have read it as it was first.
            if restored != own { watches.append(Watch(savedAt: now, before: restored)) }
        }
        watches.append(Watch(savedAt: now, before: own))
        watches = watches.filter { $0.before != after }.limited(for: after)
    }

    /// What the watches' changes lead to: base with what is on its way back to the server.
    var watchedValue: JSONValue? { returning ?? base.content?.value }

    /// Takes what was read for base; what the changes that are watched make of it stays watched.
    ///
    /// - Parameter restored: what was read with the changes made again that a rival had undone. They
    ///   are on their way back: watched with the values they had replaced long before, but no longer
    ///   for what undid them now.
    mutating func takeBase(
        _ read: Content,
        bringingBack restored: JSONValue? = nil,
        by rules: MergeRules
    ) {
        let merge = rules.merge
        if case .value(let old) = base {
            var next = restored ?? read.value
            if let returning { next = merge.moving(next, from: old.value, to: returning) ?? next }
            // What somebody has decided against is not on its way back; what was changed once more is.
            let without = merge.moving(local?.value, from: read.value, to: next)
            next = merge.moving(next, from: without, to: local?.value) ?? read.value
            watches = watches.rebased(onto: next, from: watchedValue, merge)
            if let restored {
                watches = watches.forgetting(from: read.value, to: restored, merge)
                    .filter { $0.before != next }
            }
            returning = next == read.value ? nil : next
        }
        base = .value(read)
        isReplacement = false
    }

    /// Gives up what was on its way back: from now on the watches lead to base itself.
    mutating func giveUpReturning(_ merge: ThreeWayMerge) {
        if let returning, let base = base.content?.value {
            watches = watches.rebased(onto: base, from: returning, merge)
        }
        returning = nil
    }

    /// Forgets what the server held, and what is watched, which means nothing without.
    ///
    /// Local is then all that is left of what was removed from it since: a merge by parts would bring
    /// that back, so the whole of it stands against whatever the server holds.
    mutating func forgetBase() {
        base = .unknown
        isReplacement = local != nil
        forgetSaves()
    }

    /// Forgets what is watched, and what may still arrive.
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
