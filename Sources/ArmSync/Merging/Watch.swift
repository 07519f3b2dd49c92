package import JSONDocument

/// What a save changed, remembered for a while because a rival that had read before it may undo it
/// without knowing.
///
/// The change leads from `before` to base, whatever base is by now, with what is on its way back to
/// the server: what that no longer shows is no longer watched.
package struct Watch: Hashable, Sendable {
    /// When the save was confirmed.
    package var savedAt: Timestamp
    /// Base without the change; nil where that is no document.
    package var before: JSONValue?
    /// Whether its undoing is a conflict, and not made good without a word: where it came back once
    /// already, so that two stations cannot throw a value back and forth, or where that is found out
    /// so late that whoever undid it may well have read it.
    package var isContested: Bool

    package init(savedAt: Timestamp, before: JSONValue?, isContested: Bool = false) {
        self.savedAt = savedAt
        self.before = before
        self.isContested = isContested
    }
}

extension [Watch] {
    /// Most saves that are watched; a further one ends the oldest.
    package static var saveLimit: Int { 8 }
    /// Most bytes of JSON that may have to be kept for them, where every save changed everything.
    package static var byteLimit: Int { 2 << 20 }

    /// How many saves of such a document are watched.
    static func saveLimit(for document: JSONValue) -> Int {
        Swift.max(1, Swift.min(saveLimit, byteLimit / Swift.max(1, document.serialized().count)))
    }

    /// The watches of the latest saves, as many as there may be for such a document.
    func limited(for document: JSONValue) -> [Watch] {
        let times = Set(map(\.savedAt)).sorted().suffix(Self.saveLimit(for: document))
        guard let oldest = times.first else { return [] }
        return filter { $0.savedAt >= oldest }
    }

    /// The same changes over what a rival made of base, apart from those that it does not show.
    func rebased(onto read: JSONValue, from old: JSONValue?, _ merge: ThreeWayMerge) -> [Watch] {
        rebased(from: old, to: read) { merge.moving(read, from: old, to: $0) }
    }

    /// The same changes over what was saved now, apart from those that were taken back.
    ///
    /// Where a change was changed once more, its old value is still that of a rival that read before
    /// both.
    func rebased(ontoSaved saved: JSONValue, from old: JSONValue?, _ merge: ThreeWayMerge)
        -> [Watch]
    {
        rebased(from: old, to: saved) { merge.moving($0, from: old, to: saved) }
    }

    /// The same without those changes that are undone for the first time where one version became
    /// another.
    func forgetting(
        from undone: JSONValue,
        to restored: JSONValue,
        _ merge: ThreeWayMerge
    ) -> [Watch] {
        map { watch in
            guard !watch.isContested else { return watch }
            var watch = watch
            watch.before = merge.moving(watch.before, from: undone, to: restored)
            return watch
        }
    }

    private func rebased(
        from old: JSONValue?,
        to new: JSONValue,
        _ rebase: (JSONValue?) -> JSONValue?
    ) -> [Watch] {
        guard old != new else { return self }
        return compactMap { watch in
            var watch = watch
            watch.before = rebase(watch.before)
            return watch.before == new ? nil : watch
        }
    }
}
