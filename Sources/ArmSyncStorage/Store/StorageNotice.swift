package import ArmProtocol

/// Something about stored files that a person should hear of, though nothing failed.
package struct StorageNotice: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The end of a journal was broken, and its record may have been acknowledged.
        case tornTail
        /// Somebody changed the cache file; their version was put aside.
        case cacheChanged
        /// The cache file could not be brought up to date; what it derives from is safe.
        case cacheNotWritten
    }

    package var kind: Kind
    package var key: DocumentKey
    /// What happened and what to do, in plain English, without a trailing full stop.
    package var message: String

    package init(_ kind: Kind, _ key: DocumentKey, _ message: String) {
        self.kind = kind
        self.key = key
        self.message = message
    }
}
