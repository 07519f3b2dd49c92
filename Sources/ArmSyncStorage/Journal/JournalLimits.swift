/// How far a journal grows before it is written anew.
///
/// Both limits grow with the document, so that writing anew costs a constant share of the edits;
/// below them a small document would be rewritten all the time.
package struct JournalLimits: Hashable, Sendable {
    /// Bytes behind the last snapshot: what every reader has to decode.
    package var tail: Int
    /// Bytes of the whole journal: what every reader has to check.
    package var journal: Int

    package init(tail: Int = 64 << 10, journal: Int = 512 << 10) {
        self.tail = tail
        self.journal = journal
    }

    func isPassed(by fold: JournalFold) -> Bool {
        fold.tailLength > max(tail, 2 * fold.snapshotLength)
            || fold.length > max(journal, 4 * fold.snapshotLength)
    }
}
