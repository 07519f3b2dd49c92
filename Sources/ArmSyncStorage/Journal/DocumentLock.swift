import ArmSync

/// The lock of one document, which tells processes apart, and threads that do not share it.
///
/// The file is kept open with the journal, and closed on exec like it. The lock itself is taken for
/// each use and given back after it, never left to the closing: a process that is being started may
/// have the same open file for a moment.
struct DocumentLock: Sendable {
    private let file: any OpenFile
    private let identity: FileIdentity

    /// Waits for the lock of a file, which is made where there is none.
    init(waitingFor path: String, _ fileSystem: any FileSystem) throws(FileSystemError) {
        file = try fileSystem.openOrCreate(path, permissions: 0o600)
        identity = try file.status().identity
        _ = try file.lock(waiting: true)
    }

    /// Waits for the lock once more; false, and not locked, where the file is no longer the one of
    /// its name, so that others lock another one.
    ///
    /// We never remove it, but a person may remove the folder it is in while this process lives.
    func waitAgain(_ fileSystem: any FileSystem) throws(FileSystemError) -> Bool {
        _ = try file.lock(waiting: true)
        do throws(FileSystemError) {
            if try fileSystem.status(of: file.path)?.identity == identity { return true }
        } catch {
            file.unlock()
            throw error
        }
        file.unlock()
        return false
    }

    func unlock() { file.unlock() }
}
