/// Why a value is no patch, or why a patch does not apply.
public struct JSONPatchError: Error, Hashable, Sendable {
    /// Which operation, from 0; nil where the whole is no patch.
    public var operation: Int?
    /// What is wrong, in plain English, without a trailing full stop.
    public var message: String
}

extension JSONPatchError: CustomStringConvertible {
    /// Which operation, counted from 1 as people do, and the message.
    public var description: String {
        operation.map { "operation \($0 + 1): \(message)" } ?? message
    }
}
