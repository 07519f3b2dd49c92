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

    /// What is done, in order.
    public var operations: [Operation]

    /// The patch of those operations.
    public init(_ operations: [Operation] = []) { self.operations = operations }
    /// Reads the JSON form of a patch.
    public init(json: JSONValue) throws(JSONPatchError) { operations = [] }
    /// The JSON form: an array of operations.
    public var json: JSONValue { .array([]) }
}

/// Why a value is no patch, or why a patch does not apply.
public struct JSONPatchError: Error, Hashable, Sendable {
    /// Which operation, from 0; nil where the whole is no patch.
    public var operation: Int?
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
}

extension JSONValue {
    /// The value with every operation applied, all or nothing.
    public func applying(_ patch: JSONPatch) throws(JSONPatchError) -> JSONValue { self }
    /// The value with a merge patch (RFC 7396) applied.
    public func merging(_ mergePatch: JSONValue) -> JSONValue { self }
    /// A patch that turns this value into the other: empty exactly where they are equal by value.
    public func difference(to other: JSONValue) -> JSONPatch { JSONPatch() }
}
