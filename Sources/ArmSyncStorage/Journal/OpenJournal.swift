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
    /// How long the journal was when this process last synced it.
    var syncedLength = 0
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
            guard try fileSystem.status(of: path) != nil else { return [] }
            let file = try fileSystem.open(path, .appending)
            let status = try file.status()
            journal.file = file
            journal.identity = status.identity
            return try file.readAll(of: status.length)
        }
        let torn = try folding(path) { () throws(JournalError) in try journal.fold.append(bytes) }
        return (journal, torn)
    }

    /// This journal as it is now, and what is torn at its end; nil where it is no longer the file
    /// this process has open.
    func reread(
        _ path: String,
        _ fileSystem: any FileSystem
    ) throws(StoreError) -> (OpenJournal, TornTail?)? {
        let added = try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) -> [UInt8]? in
            guard let file, let status = try fileSystem.status(of: path),
                status.identity == identity, status.length >= fold.length
            else { return nil }
            if status.length == fold.length { return [] }
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
