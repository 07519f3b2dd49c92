import Glibc

/// An open file of the machine.
final class PosixFile: OpenFile {
    private let descriptor: Int32
    let path: String

    /// Owns the descriptor from now on.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    func status() throws(FileSystemError) -> FileStatus {
        var status = stat()
        _ = try result(.status, path) { fstat(descriptor, &status) }
        return FileStatus(status)
    }

    func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        var failure: FileSystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, taken in
            do throws(FileSystemError) {
                taken = try result(.read, path) {
                    pread(descriptor, buffer.baseAddress, count, offset)
                }
            } catch {
                taken = 0
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int {
        try result(.write, path) {
            bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    func sync() throws(FileSystemError) {
        // Not repeated where it fails: the kernel may have marked the pages clean already, and the
        // second call would say that all is well.
        if fdatasync(descriptor) != 0 { throw FileSystemError(.sync, path, errno) }
    }

    func truncate(to length: Int) throws(FileSystemError) {
        _ = try result(.truncate, path) { ftruncate(descriptor, length) }
    }

    func setPermissions(_ permissions: UInt32) throws(FileSystemError) {
        _ = try result(.setPermissions, path) { fchmod(descriptor, permissions) }
    }

    func lock(waiting: Bool) throws(FileSystemError) -> Bool {
        do throws(FileSystemError) {
            _ = try result(.lock, path) { flock(descriptor, LOCK_EX | (waiting ? 0 : LOCK_NB)) }
            return true
        } catch {
            guard error.number == EWOULDBLOCK else { throw error }
            return false
        }
    }

    func unlock() { flock(descriptor, LOCK_UN) }
}
