/// The port to files: as much of POSIX as journals need, and little enough to simulate.
///
/// Nothing here follows a symbolic link at the end of a path, and what is created is for its owner
/// alone, whatever the umask.
package protocol FileSystem: Sendable {
    /// Opens a file.
    func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile

    /// What is at a path, itself and not what it links to; nil where there is nothing.
    func status(of path: String) throws(FileSystemError) -> FileStatus?

    /// Names in a directory, in no order, without `.` and `..`.
    func names(in directory: String) throws(FileSystemError) -> [String]

    /// Makes a directory of mode 0700; false where something of that name is there already.
    func makeDirectory(_ path: String) throws(FileSystemError) -> Bool

    /// Gives a file another name, in place of what bears it.
    func rename(_ path: String, to newPath: String) throws(FileSystemError)

    /// Removes a file.
    func remove(_ path: String) throws(FileSystemError)

    /// Makes the names in a directory survive power loss.
    func syncDirectory(_ path: String) throws(FileSystemError)

    /// Who this process is.
    var userID: UInt32 { get }
}

/// An open file, closed when the last reference to it goes.
package protocol OpenFile: AnyObject, Sendable {
    /// Where it was opened.
    var path: String { get }

    func status() throws(FileSystemError) -> FileStatus

    /// Up to `count` bytes from an offset; none at the end.
    func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8]

    /// Writes at the end; returns how many bytes were taken, which may be fewer than given.
    func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int

    /// Makes the contents and the length survive power loss.
    func sync() throws(FileSystemError)

    func truncate(to length: Int) throws(FileSystemError)

    /// Takes the lock of the file, which goes with this object; false where it is somebody else's
    /// and `waiting` is false.
    func lock(waiting: Bool) throws(FileSystemError) -> Bool

    /// Gives the lock back.
    func unlock()
}

/// What a file is opened for.
package enum OpenMode: Hashable, Sendable {
    /// Reading one that is there.
    case reading
    /// Reading, and writing at the end of one that is there.
    case appending
    /// Making a new one of those permissions, where nothing bears its name.
    case creating(permissions: UInt32)
}

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
