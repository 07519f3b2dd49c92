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
            let lock: DocumentLock
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
                if let decision {
                    try writer.append(decision)
                } else {
                    try writer.makeNamesDurable()
                }
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
            writer.clearMark()
            kept = writer.journal
            leftBehind.withLock { $0[folder.key] = nil }
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
    ) throws(StoreError) -> (JournalWriter, DocumentLock) {
        let before = kept
        kept = nil
        let (lock, journal, torn) = try locked(folder, before)
        do throws(StoreError) {
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

    /// Waits for a document's lock, and looks what its journal is and what is torn at its end.
    ///
    /// What was kept is used where its lock and its journal are still the files of their names, so
    /// that every folder on the way is there, and ours.
    private func locked(
        _ folder: DocumentFolder,
        _ kept: OpenJournal?
    ) throws(StoreError) -> (DocumentLock, OpenJournal, TornTail?) {
        if let kept, let lock = try lockedAgain(kept) {
            do throws(StoreError) {
                if let (journal, torn) = try kept.reread(folder.journal, fileSystem) {
                    return (lock, journal, torn)
                }
            } catch {
                lock.unlock()
                throw error
            }
            lock.unlock()
        }
        try directory.prepare(folder)
        let lock = try lock(folder)
        do throws(StoreError) {
            var (journal, torn) = try OpenJournal.opening(folder.journal, fileSystem)
            journal.lock = lock
            return (lock, journal, torn)
        } catch {
            lock.unlock()
            throw error
        }
    }

    /// Waits for the lock that was kept with a journal; nil where it is the document's no more.
    private func lockedAgain(_ kept: OpenJournal) throws(StoreError) -> DocumentLock? {
        guard kept.file != nil, let lock = kept.lock else { return nil }
        return try attempting(orSaying: "the document cannot be locked") {
            () throws(FileSystemError) in try lock.waitAgain(fileSystem) ? lock : nil
        }
    }

    /// Waits for a document's lock.
    func lock(_ folder: DocumentFolder) throws(StoreError) -> DocumentLock {
        try attempting(orSaying: "the document cannot be locked") {
            () throws(FileSystemError) in try DocumentLock(waitingFor: folder.lock, fileSystem)
        }
    }
}
