import JSONDocument

/// Edits in the outbox: one, or many old ones of which only the number and the span are kept.
package struct OutboxEntry: Hashable, Sendable {
    /// How many edits.
    package var count: Int
    package var first: Timestamp
    package var last: Timestamp
    /// What a single edit was; nil for a group.
    package var edit: EditSummary?

    package init(count: Int, first: Timestamp, last: Timestamp, edit: EditSummary? = nil) {
        self.count = count
        self.first = first
        self.last = last
        self.edit = edit
    }
}

extension OutboxEntry {
    /// Whether it is an edit of nothing but that place and what is in it.
    func isInside(_ place: JSONPointer) -> Bool {
        guard let edit, edit.operations == edit.paths.count else { return false }
        return edit.paths.allSatisfy { path in
            (try? JSONPointer(parsing: path))?.isAtOrInside(place) ?? false
        }
    }
}

/// Who changed which places.
package struct EditSummary: Hashable, Sendable {
    /// Most places an edit keeps by name.
    package static let pathLimit = 5

    /// The edit's number within its document.
    package var id: Int
    package var author: String
    /// Pointers of the first places it changed.
    package var paths: [String]
    /// How many operations it has.
    package var operations: Int

    package init(id: Int, author: String, paths: [String], operations: Int) {
        self.id = id
        self.author = author
        self.paths = paths
        self.operations = operations
    }
}

extension [OutboxEntry] {
    /// Most edits a snapshot keeps one by one; older ones become one group, so that a month
    /// offline costs no more than a day.
    package static var individualLimit: Int { 20 }

    /// How many edits.
    package var editCount: Int {
        reduce(0) { sum, entry in
            // Counts come from disk: past what fits, the most there is.
            let (next, overflow) = sum.addingReportingOverflow(entry.count)
            return overflow ? .max : next
        }
    }

    /// The newest edits one by one, and all before them as one group.
    package var grouped: [OutboxEntry] {
        guard count > Self.individualLimit else { return self }
        let old = dropLast(Self.individualLimit)
        guard let first = old.first, let last = old.last else { return self }
        let group = OutboxEntry(
            count: Array(old).editCount,
            first: first.first,
            last: last.last
        )
        return [group] + suffix(Self.individualLimit)
    }
}
