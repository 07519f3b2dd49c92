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

/// A save whose end never became known, and which may still arrive.
package struct Ghost: Hashable, Sendable {
    package var sentAt: Timestamp
    package var value: JSONValue

    package init(sentAt: Timestamp, value: JSONValue) {
        self.sentAt = sentAt
        self.value = value
    }
}

/// What the server made of a save: a read right after it showed something else.
package struct Alteration: Hashable, Sendable {
    /// Most places that are kept by name.
    package static let placeLimit = 20

    /// What was done to which places: `replace /a`.
    package var places: [String]
    /// How many saves running were altered so.
    package var count: Int

    package init(places: [String], count: Int) {
        self.places = places
        self.count = count
    }

    /// Whether it is the server itself that alters data, and no rival.
    package var isServers: Bool { count >= 2 }
}
