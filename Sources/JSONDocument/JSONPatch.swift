/// A JSON Patch (RFC 6902).
public struct JSONPatch: Hashable, Sendable {
    /// One operation of a patch.
    public enum Operation: Hashable, Sendable {
        /// Adds or replaces a value (section 4.1).
        case add(JSONPointer, JSONValue)
        /// Removes a value (section 4.2).
        case remove(JSONPointer)
        /// Replaces a value that is there (section 4.3).
        case replace(JSONPointer, JSONValue)
        /// Moves a value (section 4.4).
        case move(from: JSONPointer, to: JSONPointer)
        /// Copies a value (section 4.5).
        case copy(from: JSONPointer, to: JSONPointer)
        /// Asks that a value be equal (section 4.6).
        case test(JSONPointer, JSONValue)
    }

    /// The most bytes of JSON text, about, that the `copy` operations of one patch may make:
    /// a few dozen of them could otherwise double a document until memory is full.
    public static let copyLimit = 64 << 20

    /// What is done, in order.
    public var operations: [Operation]

    /// The patch of those operations.
    public init(_ operations: [Operation] = []) { self.operations = operations }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { operations.isEmpty }
}
