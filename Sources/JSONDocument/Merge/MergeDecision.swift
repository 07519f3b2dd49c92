/// What becomes of a conflict.
public enum MergeDecision: Hashable, Sendable {
    /// It stays open, and mine's value stays for the time being.
    case hold
    /// Mine's value stays, or its absence.
    case mine
    /// Theirs is taken, or its absence.
    case theirs
    /// Another value is put there.
    case value(JSONValue)
}
