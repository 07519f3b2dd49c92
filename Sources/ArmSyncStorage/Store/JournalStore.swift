package import ArmProtocol
package import ArmSync
private import Glibc

/// Documents as journals in a state directory.
///
/// Safe from several threads and several processes. Writers of one document wait for one another,
/// those of different documents do not.
package final class JournalStore: DocumentStore {
    let directory: StateDirectory
    let report: @Sendable (StorageNotice) -> Void
    let processID: Int32
    private let limits: JournalLimits
    let gathering: CacheGathering
    let slots = DocumentSlots()
    /// The documents whose cache file an edit has left behind, and when it was written before that.
    let leftBehind = Synchronized<[DocumentKey: Timestamp]>([:])
    let rememberingServer = Synchronized(())

    /// A store in that directory, which is made with the first thing that is stored.
    ///
    /// - Parameters:
    ///   - gathering: how the cache file follows many edits in a short time.
    ///   - report: hears what a person should know. Called while a document is locked, so it must
    ///     not call the store.
    package init(
        directory: String,
        fileSystem: any FileSystem = PosixFileSystem(),
        processID: Int32 = getpid(),
        limits: JournalLimits = JournalLimits(),
        gathering: CacheGathering = CacheGathering(),
        report: @escaping @Sendable (StorageNotice) -> Void
    ) {
        self.directory = StateDirectory(directory, fileSystem)
        self.processID = processID
        self.limits = limits
        self.gathering = gathering
        self.report = report
    }

    deinit { refreshLeftBehind() }

    var fileSystem: any FileSystem { directory.fileSystem }
}

extension JournalStore {
    @discardableResult
    package func update<Failure: Error>(
        _ key: DocumentKey,
        at time: Timestamp,
        decide: (DocumentState) throws(Failure) -> Record?
    ) throws(UpdateError<Failure>) -> DocumentState {
        let folder: DocumentFolder
        do throws(StoreError) {
            folder = try directory.folder(of: key)
        } catch {
            throw .failed(error)
        }
        return try slots.slot(of: key).withLock { (kept) throws(UpdateError<Failure>) in
            var writer: JournalWriter
            let lock: any OpenFile
            do throws(StoreError) {
                (writer, lock) = try begin(folder, at: time, taking: &kept)
            } catch {
                throw .failed(error)
            }
            defer { lock.unlock() }
            let decision: Record?
            do throws(Failure) {
                decision = try decide(writer.state)
            } catch {
                kept = writer.journal
                throw .declined(error)
            }
            do throws(StoreError) {
                if let decision { try writer.append(decision) }
            } catch {
                throw .failed(error)
            }
            kept = writer.journal
            follow(writer.journal, of: key)
            return writer.state
        }
    }

    package func refreshCache(of key: DocumentKey, at time: Timestamp) throws(StoreError) {
        let folder = try directory.folder(of: key)
        guard let fold = try fold(of: folder), fold.lineCount > 0 else { return }
        let file = CacheFile(folder: folder, fileSystem: fileSystem)
        let expected = fold.cache ?? .absent
        let sight = try? file.look(for: [expected], content: { nil })
        if sight?.digest == expected { return }
        try refreshCache(in: folder, at: time)
    }

    /// The same for a file that another thread may be leaving behind just now.
    func refreshCache(in folder: DocumentFolder, at time: Timestamp) throws(StoreError) {
        try slots.slot(of: folder.key).withLock { (kept) throws(StoreError) in
            var (writer, lock) = try begin(folder, at: time, taking: &kept)
            defer { lock.unlock() }
            writer.refreshCache()
            kept = writer.journal
            leftBehind.withLock { $0[folder.key] = nil }
        }
    }

    /// Whether the journal that is open here is still the one its name leads to, so that every
    /// folder on the way is there, and ours.
    private func isInPlace(
        _ journal: OpenJournal?,
        _ folder: DocumentFolder
    ) throws(StoreError) -> Bool {
        guard let identity = journal?.identity else { return false }
        return try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) in
            try fileSystem.status(of: folder.journal)?.identity == identity
        }
    }

    /// Takes a document's lock, reads its journal, and clears away what a crash or a stranger left.
    ///
    /// - Parameter kept: the journal as this process last left it. Taken out, to be put back where
    ///   all went well: after a failure nothing that was in memory is believed.
    private func begin(
        _ folder: DocumentFolder,
        at time: Timestamp,
        taking kept: inout OpenJournal?
    ) throws(StoreError) -> (JournalWriter, any OpenFile) {
        let before = kept
        kept = nil
        if try !isInPlace(before, folder) { try directory.prepare(folder) }
        let lock = try lock(folder)
        do throws(StoreError) {
            let known = try before?.reread(folder.journal, fileSystem)
            let (journal, torn) =
                if let known { known } else {
                    try OpenJournal.opening(folder.journal, fileSystem)
                }
            var writer = JournalWriter(
                folder: folder,
                directory: directory,
                limits: limits,
                window: gathering.window,
                time: time,
                report: report,
                journal: journal
            )
            try writer.clear(torn)
            try writer.compactWhereDue()
            return (writer, lock)
        } catch {
            lock.unlock()
            throw error
        }
    }

    /// Waits for a document's lock.
    func lock(_ folder: DocumentFolder) throws(StoreError) -> any OpenFile {
        try attempting(orSaying: "the document cannot be locked") {
            () throws(FileSystemError) in
            let lock = try fileSystem.openOrCreate(folder.lock, permissions: 0o600)
            _ = try lock.lock(waiting: true)
            return lock
        }
    }
}
