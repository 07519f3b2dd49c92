/// What is at a path.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case directory
        case symbolicLink
        case other
    }

    package var kind: Kind
    /// Which file, whatever its name.
    package var identity: FileIdentity
    package var owner: UInt32
    /// The lower twelve bits of the mode.
    package var permissions: UInt32
    package var length: Int
    /// Nanoseconds since 1970 of the last change of contents: tells a file rewritten in place.
    package var changedAt: Int64

    package init(
        kind: Kind,
        identity: FileIdentity,
        owner: UInt32,
        permissions: UInt32,
        length: Int,
        changedAt: Int64
    ) {
        self.kind = kind
        self.identity = identity
        self.owner = owner
        self.permissions = permissions
        self.length = length
        self.changedAt = changedAt
    }
}

/// A file apart from its name; not given to another as long as the file is open.
package struct FileIdentity: Hashable, Sendable {
    package var device: UInt64
    package var number: UInt64

    package init(device: UInt64, number: UInt64) {
        self.device = device
        self.number = number
    }
}
