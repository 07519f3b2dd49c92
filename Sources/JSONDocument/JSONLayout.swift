/// How a value is laid out as text.
public enum JSONLayout: Hashable, Sendable {
    /// No white space at all.
    case compact
    /// Two spaces a level, a line a member or element, no newline at the end.
    case indented
}
