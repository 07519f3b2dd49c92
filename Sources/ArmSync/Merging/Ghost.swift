package import JSONDocument

/// A save whose end never became known, and which may still arrive.
package struct Ghost: Hashable, Sendable {
    package var sentAt: Timestamp
    package var value: JSONValue

    package init(sentAt: Timestamp, value: JSONValue) {
        self.sentAt = sentAt
        self.value = value
    }
}
