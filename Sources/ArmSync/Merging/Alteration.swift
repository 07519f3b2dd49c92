package import JSONDocument

/// What the server made of a save: a read right after it showed something else.
///
/// Another station may have saved in between, so that once tells nothing. What came back the same
/// twice running is put down to the server.
package struct Alteration: Hashable, Sendable {
    /// One thing that came back different.
    package struct Change: Hashable, Sendable {
        /// What leads from the save, with the changes before this one made, to what was read.
        package var operation: JSONPatch.Operation
        /// Whether the save itself had changed that place.
        package var isOurs: Bool
        /// Whether the save before came back with the same change.
        package var isRepeated: Bool

        package init(
            operation: JSONPatch.Operation,
            isOurs: Bool,
            isRepeated: Bool = false
        ) {
            self.operation = operation
            self.isOurs = isOurs
            self.isRepeated = isRepeated
        }

        /// Whether it is the same change: to the same value, or to any other where both saves had
        /// put something into that place.
        fileprivate func repeats(_ other: Change) -> Bool {
            operation == other.operation
                || isOurs && other.isOurs && operation.path == other.operation.path
        }
    }

    /// Most changes that are looked at.
    package static let changeLimit = 20

    package var changes: [Change]

    package init(changes: [Change]) { self.changes = changes }

    /// What became of a save, compared with what became of the one before it; nil where nothing did.
    init?(of saved: JSONValue, over before: JSONValue?, to read: JSONValue, after last: Alteration?)
    {
        let operations = saved.difference(to: read).operations.prefix(Self.changeLimit)
        guard !operations.isEmpty else { return nil }
        let ours = (before ?? .object(JSONObject())).difference(to: saved).operations.map(\.path)
        changes = operations.map { operation in
            let isOurs = ours.contains {
                operation.path.isAtOrInside($0) || $0.isAtOrInside(operation.path)
            }
            var change = Change(operation: operation, isOurs: isOurs)
            change.isRepeated = last?.changes.contains { change.repeats($0) } ?? false
            return change
        }
    }

    /// Whether the server itself alters data, as far as can be told.
    package var isServers: Bool { changes.contains(where: \.isRepeated) }

    /// The same, known, but not held against the server any more.
    var forgiven: Alteration {
        Alteration(changes: changes.map { Change(operation: $0.operation, isOurs: $0.isOurs) })
    }

    /// A document as the server would alter it.
    func altering(_ document: JSONValue) -> JSONValue {
        changes.filter(\.isRepeated).reduce(document) { altered, change in
            // What does not apply any more is not what the server does.
            (try? altered.applying(JSONPatch([change.operation]))) ?? altered
        }
    }
}
