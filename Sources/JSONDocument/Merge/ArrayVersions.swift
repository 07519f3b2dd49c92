/// One array in three versions.
struct ArrayVersions {
    /// Nil where the base has nothing there.
    var base: [JSONValue]?
    var mine: [JSONValue]
    var theirs: [JSONValue]

    /// What was there before; nothing is as good as an empty array.
    var baseElements: [JSONValue] { base ?? [] }

    /// Whether the elements are objects, as far as one of them tells.
    var beginsWithObject: Bool {
        let first = mine.first ?? theirs.first ?? base?.first
        return first?.object != nil
    }
}
