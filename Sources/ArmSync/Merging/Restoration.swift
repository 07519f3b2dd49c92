import JSONDocument

/// What was read, made good by what is known of the last saves.
struct Restoration {
    /// With the changes made again that are undone for the first time.
    var restored: JSONValue
    /// With those made again, too, that were made again before, and without what the server itself
    /// made of a save.
    var contested: JSONValue
    var undone: [Watch] = []
    var arrived: [Ghost] = []
    /// Whether the server's own alterations show.
    var isAltered = false

    fileprivate init(_ read: JSONValue) {
        restored = read
        contested = read
    }
}

extension DocumentState {
    func restoring(in read: JSONValue, _ merge: ThreeWayMerge) -> Restoration {
        guard base.isKnown else { return Restoration(read) }
        let base = watchedValue ?? .object(JSONObject())
        let unaltered = unaltered(read, merge)
        var found = Restoration(unaltered)
        for watch in watches where !watch.isContested {
            let next = merge.moving(found.restored, from: watch.before, to: base)
            guard let next, next != found.restored else { continue }
            found.restored = next
            found.undone.append(watch)
        }
        for ghost in ghosts {
            let next = merge.moving(found.restored, from: ghost.value, to: base)
            guard let next, next != found.restored else { continue }
            found.restored = next
            found.arrived.append(ghost)
        }
        if watches.contains(where: \.isContested),
            merge.contest(mine: found.restored, theirs: unaltered).isComplete
        {
            // What was undone is nothing but an order, and something came back already.
            found.restored = unaltered
            found.undone = []
        }
        found.contested = found.restored
        for watch in watches where watch.isContested {
            let next = merge.moving(found.contested, from: watch.before, to: base)
            guard let next, next != found.contested else { continue }
            found.contested = next
            found.undone.append(watch)
        }
        if unaltered != read {
            found.isAltered = true
            found.restored = merge.moving(found.restored, from: unaltered, to: read) ?? read
        }
        return found
    }

    /// What was read, without what the server itself made of a save.
    private func unaltered(_ read: JSONValue, _ merge: ThreeWayMerge) -> JSONValue {
        guard let alteration, alteration.isServers, let base = base.content?.value else {
            return read
        }
        return merge.moving(read, from: alteration.altering(base), to: base) ?? read
    }
}
