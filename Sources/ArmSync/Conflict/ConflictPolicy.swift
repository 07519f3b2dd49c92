/// What becomes of a place that both sides changed differently, as configured.
package enum ConflictPolicy: String, Hashable, Sendable, CaseIterable {
    /// A person decides.
    case hold
    /// What is here stays.
    case mine
    /// What the server holds is taken.
    case theirs
}
