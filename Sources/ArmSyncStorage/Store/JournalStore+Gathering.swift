import ArmProtocol
import ArmSync

extension JournalStore {
    /// Sees to it that the cache file follows where an update has left it behind.
    func follow(_ journal: OpenJournal, of key: DocumentKey) {
        guard journal.isCacheLeftBehind, let written = journal.cacheWrittenAt else {
            return leftBehind.withLock { $0[key] = nil }
        }
        let before = leftBehind.withLock { $0.updateValue(written, forKey: key) }
        guard before != written else { return }
        gathering.schedule(gathering.window) { [weak self] in
            guard let self, leftBehind.withLock({ $0[key] }) == written else { return }
            refreshLeftBehind(key, at: written + gathering.window)
        }
    }

    /// Brings every cache file that was left behind up to date, when nobody will edit any more.
    func refreshLeftBehind() {
        for (key, written) in leftBehind.withLock({ $0 }) { refreshLeftBehind(key, at: written) }
    }

    private func refreshLeftBehind(_ key: DocumentKey, at time: Timestamp) {
        do throws(StoreError) {
            let folder = try directory.folder(of: key)
            // A document whose folder somebody removed is not to be made again.
            let isThere = try attempting(orSaying: "the journal cannot be read") {
                () throws(FileSystemError) in try fileSystem.status(of: folder.journal) != nil
            }
            if isThere { try refreshCache(in: folder, at: time) }
        } catch {
            report(StorageNotice(.cacheNotWritten, key, error.message))
        }
    }
}
