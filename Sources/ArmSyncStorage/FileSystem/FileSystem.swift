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
