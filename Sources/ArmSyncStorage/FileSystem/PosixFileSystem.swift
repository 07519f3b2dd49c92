import CLinux
import Glibc

/// The file system of the machine.
package struct PosixFileSystem: FileSystem {
    package let userID: UInt32 = geteuid()

    package init() {}

    package func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile {
        let always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = try result(.open, path) {
            switch mode {
            case .reading: Glibc.open(path, O_RDONLY | always)
            case .appending: Glibc.open(path, O_RDWR | O_APPEND | always)
            case .creating(let permissions):
                Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | always, permissions)
            }
        }
        let file = PosixFile(descriptor: descriptor, path: path)
        if case .creating(let permissions) = mode {
            _ = try result(.open, path) { fchmod(descriptor, permissions) }
        }
        let status = try file.status()
        guard status.kind == .file else {
            throw FileSystemError(.open, path, status.kind == .directory ? EISDIR : EINVAL)
        }
        guard status.owner == userID else { throw FileSystemError(.open, path, EPERM) }
        return file
    }

    package func status(of path: String) throws(FileSystemError) -> FileStatus? {
        var status = stat()
        do throws(FileSystemError) {
            _ = try result(.status, path) { lstat(path, &status) }
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
        return FileStatus(status)
    }

    package func names(in directory: String) throws(FileSystemError) -> [String] {
        guard let stream = opendir(directory) else {
            throw FileSystemError(.list, directory, errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw FileSystemError(.list, directory, errno) }
                return names
            }
            let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            // A name that is no text is none of ours.
            guard let name = String(validating: bytes, as: UTF8.self) else { continue }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    package func makeDirectory(_ path: String) throws(FileSystemError) -> Bool {
        do throws(FileSystemError) {
            _ = try result(.makeDirectory, path) { mkdir(path, 0o700) }
        } catch {
            guard error.isExisting else { throw error }
            return false
        }
        _ = try result(.makeDirectory, path) { chmod(path, 0o700) }
        return true
    }

    package func rename(_ path: String, to newPath: String) throws(FileSystemError) {
        _ = try result(.rename, path) { Glibc.rename(path, newPath) }
    }

    package func remove(_ path: String) throws(FileSystemError) {
        _ = try result(.remove, path) { unlink(path) }
    }

    package func syncDirectory(_ path: String) throws(FileSystemError) {
        let descriptor = try result(.syncDirectory, path) {
            Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        defer { close(descriptor) }
        _ = try result(.syncDirectory, path) { fsync(descriptor) }
    }
}

/// Calls the system until it is not interrupted.
func result<Number: SignedInteger>(
    _ operation: FileSystemError.Operation,
    _ path: String,
    _ call: () -> Number
) throws(FileSystemError) -> Number {
    while true {
        let number = call()
        if number >= 0 { return number }
        if errno != EINTR { throw FileSystemError(operation, path, errno) }
    }
}

extension FileStatus {
    init(_ status: stat) {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        var status = status
        self.init(
            kind: kind,
            identity: FileIdentity(
                device: UInt64(status.st_dev),
                number: UInt64(status.st_ino)
            ),
            owner: status.st_uid,
            permissions: status.st_mode & 0o7777,
            length: Int(status.st_size),
            changedAt: clinux_written_nanoseconds(&status)
        )
    }
}
