private import Glibc

/// A call to the file system that failed.
package struct FileSystemError: Error, Hashable, Sendable {
    package enum Operation: String, Hashable, Sendable, CaseIterable {
        case open
        case status
        case list
        case makeDirectory = "make directory"
        case rename
        case remove
        case syncDirectory = "sync directory"
        case read
        case write
        case sync
        case truncate
        case setPermissions = "set permissions"
        case lock
    }

    package var operation: Operation
    package var path: String
    /// The `errno` of the system.
    package var number: Int32

    package init(_ operation: Operation, _ path: String, _ number: Int32) {
        self.operation = operation
        self.path = path
        self.number = number
    }
}

extension FileSystemError {
    /// What the system says: `No space left on device`.
    package var reason: String { String(cString: strerror(number)) }

    /// Whether there is nothing of that name.
    var isMissing: Bool { number == ENOENT }

    /// Whether there is something of that name already.
    var isExisting: Bool { number == EEXIST }

    /// Whether a right is missing.
    var isDenied: Bool { number == EACCES || number == EPERM }

    /// Whether there is no room, on the disk or in a quota.
    var isDiskFull: Bool { number == ENOSPC || number == EDQUOT }

    /// What a person can do about it; nil where nothing general can be said.
    var remedy: String? {
        switch number {
        case ENOSPC, EDQUOT: "free some space there and try again"
        case EACCES, EPERM: "make the directory yours and writable, or name another state directory"
        case EROFS: "mount it for writing, or name another state directory"
        case ENOTDIR: "a file is where a directory should be; move it away"
        case EISDIR: "a directory is where a file should be; move it away"
        case ELOOP: "a symbolic link is there, and links are not followed; move it away"
        case EIO: "the disk may be failing"
        case EMFILE, ENFILE: "too many files are open"
        default: nil
        }
    }
}
