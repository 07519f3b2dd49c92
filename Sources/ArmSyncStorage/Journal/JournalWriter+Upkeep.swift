import ArmSync

extension JournalWriter {
    /// Clears away what a crash or a stranger left, and writes what is to be said of it.
    mutating func clear(_ torn: TornTail?) throws(StoreError) {
        let path = try torn.map { torn throws(StoreError) in try keep(torn) }
        // Before a journal is left that tells what the cache file has held.
        let changedCache = inspectCache()
        if journal.isInDoubt {
            try leaveDoubtfulFile()
        } else if torn != nil {
            try cutTornTail()
        }
        if let changedCache {
            let message =
                "somebody changed user_data.json, or a power cut left a part of it; "
                + "it is derived and never read back, so what was there was kept as \(changedCache)"
            report(StorageNotice(.cacheChanged, folder.key, message))
            try note(.cacheChanged, message)
        }
        guard let torn, torn.mayHaveBeenStored, let path else { return }
        let message =
            "the last record of the journal was broken, perhaps by a power cut, and may have been "
            + "an edit; its \(torn.bytes.count) bytes were kept as \(path)"
        report(StorageNotice(.tornTail, folder.key, message))
        try note(.tornTail, message)
    }

    /// Keeps what is torn at the journal's end under another name.
    private func keep(_ torn: TornTail) throws(StoreError) -> String {
        try attempting(orSaying: "the journal's broken end cannot be put aside") {
            () throws(FileSystemError) in
            let path = try freeTornTailPath()
            let kept = try fileSystem.open(path, .creating(permissions: 0o600))
            try kept.append(torn.bytes)
            try kept.sync()
            try fileSystem.syncDirectory(folder.path)
            return path
        }
    }

    private func cutTornTail() throws(StoreError) {
        try attempting(orSaying: "the journal's broken end cannot be cut off") {
            () throws(FileSystemError) in try journal.file?.truncate(to: journal.fold.length)
        }
    }

    /// Goes on in another file: of this one nobody knows what the disk holds of it.
    ///
    /// One without a record leads to nothing that was promised, and the next one is made like the
    /// first.
    private mutating func leaveDoubtfulFile() throws(StoreError) {
        if journal.fold.lineCount > 0 { return try compact() }
        try attempting(orSaying: "a journal that was left empty cannot be removed") {
            () throws(FileSystemError) in try fileSystem.removeIfThere(folder.journal)
        }
        journal.file = nil
        journal.isInDoubt = false
    }

    private func freeTornTailPath() throws(FileSystemError) -> String {
        var number = 1
        while try fileSystem.status(of: folder.tornTail(number)) != nil { number += 1 }
        return folder.tornTail(number)
    }

    /// Writes the journal anew where it has grown past a small multiple of its state.
    mutating func compactWhereDue() throws(StoreError) {
        if limits.isPassed(by: journal.fold) { try compact() }
    }

    /// Replaces the journal by one of a single snapshot, of the same state and number.
    ///
    /// No record rides on it, so whether it takes place or not makes no difference to anybody, and
    /// wherever it fails the document is what it was.
    private mutating func compact() throws(StoreError) {
        guard let file = journal.file else { return }
        let what = "the journal cannot be written anew"
        let bytes = try attempting(orSaying: what) { () throws(FileSystemError) in
            try file.readAll()
        }
        let history = try folding(folder.journal) { () throws(JournalError) in
            try JournalHistory(of: bytes, summarizesEdits: false)
        }
        let record = Record(.snapshot(state), event: .compacted)
        let json = record.json
        let header = JournalHeader(
            sequence: state.sequence,
            time: time.asWritten,
            type: "snapshot",
            event: .compacted,
            cache: journal.fold.cache,
            cacheBefore: journal.fold.cacheBefore
        )
        let same = try folded(record, json, header)
        let line = JournalLine.encoded(json, header, history: history)
        let anew = try attempting(orSaying: what) {
            () throws(FileSystemError) -> any OpenFile in
            // What the cache file held before this is told by the old journal only, and must not
            // come back under the new one.
            try fileSystem.syncDirectory(folder.path)
            try fileSystem.replace(
                folder.journal,
                with: line,
                aside: folder.newJournal,
                permissions: 0o600,
                durable: true
            )
            try fileSystem.syncDirectory(folder.path)
            return try fileSystem.open(folder.journal, .appending)
        }
        journal.file = anew
        journal.identity = try attempting(orSaying: what) { () throws(FileSystemError) in
            try anew.status().identity
        }
        journal.hasSyncedNames = true
        journal.isMarkedByUs = false
        journal.isInDoubt = false
        journal.fold = JournalFold()
        journal.fold.append(header, length: line.count, state: same)
    }
}
