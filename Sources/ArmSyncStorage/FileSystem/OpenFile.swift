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

    /// Gives the file other permissions. Others see them at once; they need not survive power loss.
    func setPermissions(_ permissions: UInt32) throws(FileSystemError)

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
