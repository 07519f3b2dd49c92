package import JSONDocument

/// The last save the server confirmed, as far as taking it back needs it.
package struct LastSave: Hashable, Sendable {
    package var savedAt: Timestamp
    /// What the server held before; nil where that was nothing.
    package var before: JSONValue?
    package var after: JSONValue

    package init(savedAt: Timestamp, before: JSONValue?, after: JSONValue) {
        self.savedAt = savedAt
        self.before = before
        self.after = after
    }
}
