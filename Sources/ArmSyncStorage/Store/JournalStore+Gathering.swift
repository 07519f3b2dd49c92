import ArmProtocol
package import ArmSync

extension JournalStore {
    /// Brings every cache file that was left behind up to date, at the end of a process that
    /// gathers.
    package func refreshGathered(at time: Timestamp) throws(StoreError) {
        for key in gathering?.openWindows ?? [] { try closeWindow(of: key, at: time) }
    }

    /// Begins a window after the cache file was written.
    func openWindow(of key: DocumentKey, at time: Timestamp) {
        gathering?.openWindow(of: key) { [weak self] in
            guard let self else { return }
            do throws(StoreError) {
                try closeWindow(of: key, at: time)
            } catch {
                report(StorageNotice(.cacheNotWritten, key, error.message))
            }
        }
    }

    /// Closed first: an edit that comes between the two refreshes the file itself.
    private func closeWindow(of key: DocumentKey, at time: Timestamp) throws(StoreError) {
        gathering?.closeWindow(of: key)
        let folder = try directory.folder(of: key)
        // A document whose folder somebody removed is not to be made again.
        let isThere = try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) in try fileSystem.status(of: folder.journal) != nil
        }
        guard isThere else { return }
        try refreshCache(in: folder, at: time)
    }
}
