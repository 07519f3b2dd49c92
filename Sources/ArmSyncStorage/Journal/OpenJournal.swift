import ArmSync

/// A journal as this process last left or found it.
struct OpenJournal: Sendable {
    /// What is locked around every use of the journal; nil until this process has done so.
    var lock: DocumentLock?
    /// Nil where the document was never touched.
    var file: (any OpenFile)?
    var identity: FileIdentity?
    var fold = JournalFold()
    /// What was last seen of the cache file.
    var cacheSight: CacheFile.Sight?
    /// When this process last wrote it.
    var cacheWrittenAt: Timestamp?
    /// Whether it has left it behind since.
    var isCacheLeftBehind = false
    /// Whether this process synced the names that lead to the journal.
    var hasSyncedNames = false
    /// Whether this process has marked it as in doubt, and knows that it is not.
    var isMarkedByUs = false
    /// Whether somebody else left it in doubt, so that it is only open for reading.
    var isInDoubt = false
}

extension FileStatus {
    /// Permissions of a journal all of which is on the disk.
    static let journalInOrder: UInt32 = 0o600

    /// Permissions of one of which that is not known: the mark of a writer.
    ///
    /// What a failed sync of the disk has given up can still be read by everybody until the machine
    /// goes down, and a later sync says that all is well. So who writes marks the file before, and
    /// takes the mark away once the record is on the disk or cut off. Whoever finds it there does
    /// not go on behind what is in the file, but writes the journal anew. The mark costs no sync: it
    /// need not outlive the memory of the machine, for then the file is what the disk holds.
    static let journalInDoubt: UInt32 = 0o400

    /// Whether a journal may hold more than the disk does.
    var isJournalInDoubt: Bool { permissions & 0o200 == 0 }
}

extension OpenJournal {
    /// The journal at that path as it is now, and what is torn at its end.
    ///
    /// To be called under the document's lock only: nobody else may write meanwhile.
    static func opening(
        _ path: String,
        _ fileSystem: any FileSystem
    ) throws(StoreError) -> (OpenJournal, TornTail?) {
        var journal = OpenJournal()
        let bytes = try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) -> [UInt8] in
            guard let found = try fileSystem.status(of: path) else { return [] }
            let isInDoubt = found.isJournalInDoubt
            let file = try fileSystem.open(path, isInDoubt ? .reading : .appending)
            let status = try file.status()
            journal.file = file
            journal.isInDoubt = isInDoubt
            journal.identity = status.identity
            return try file.readAll(of: status.length)
        }
        let torn = try folding(path) { () throws(JournalError) in try journal.fold.append(bytes) }
        return (journal, torn)
    }

    /// This journal as it is now, and what is torn at its end; nil where it is no longer the file
    /// this process has open, or somebody left it in doubt.
    func reread(
        _ path: String,
        _ fileSystem: any FileSystem
    ) throws(StoreError) -> (OpenJournal, TornTail?)? {
        let added = try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) -> [UInt8]? in
            guard let file, let status = try fileSystem.status(of: path),
                status.identity == identity, status.length >= fold.length
            else { return nil }
            if status.length == fold.length, status.isJournalInDoubt == isMarkedByUs { return [] }
            if status.isJournalInDoubt { return nil }
            return try file.readAll(from: fold.length, of: status.length)
        }
        guard let added else { return nil }
        if added.isEmpty { return (self, nil) }
        var journal = self
        let torn = try folding(path) { () throws(JournalError) in try journal.fold.append(added) }
        return (journal, torn)
    }
}

/// Folds lines of a journal, and says which journal it is where they are damaged.
func folding<Result>(
    _ path: String,
    _ fold: () throws(JournalError) -> Result
) throws(StoreError) -> Result {
    do throws(JournalError) {
        return try fold()
    } catch {
        throw StoreError(
            .unreadable,
            "the journal \(path) is damaged at line \(error.line) (\(error.reason)); "
                + "nothing was changed, the file is kept as it is, and the other documents go on"
        )
    }
}
