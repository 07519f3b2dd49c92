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
