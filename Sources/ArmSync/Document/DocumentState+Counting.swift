import JSONDocument

extension DocumentState {
    /// Counts the edits as a person would: those of which nothing is left are gone, and a decision
    /// is one itself only where it put something there that neither side had.
    mutating func noteDecision(
        about settled: [MergeResult.Settled],
        _ author: String,
        _ now: Timestamp
    ) {
        let given = settled.filter { if case .value = $0.decision { true } else { false } }
        let gone = settled.filter { $0.decision == .theirs } + given
        edits.removeAll { entry in gone.contains { entry.isInside($0.conflict.name) } }
        if given.isEmpty {
            noteDecision(at: settled.map(\.conflict.name), author, now)
        } else {
            appendDecision(at: given.map(\.conflict.name), author, now)
        }
    }

    /// The decision stands for what waits, where no edit does.
    mutating func noteDecision(
        at places: [JSONPointer],
        _ author: String,
        _ now: Timestamp
    ) {
        if edits.isEmpty { appendDecision(at: places, author, now) }
    }

    private mutating func appendDecision(
        at places: [JSONPointer],
        _ author: String,
        _ now: Timestamp
    ) {
        let summary = EditSummary(
            id: sequence + 1,
            author: author,
            paths: places.prefix(EditSummary.pathLimit).map(\.text),
            operations: places.count
        )
        edits.append(OutboxEntry(count: 1, first: now, last: now, edit: summary))
    }
}
