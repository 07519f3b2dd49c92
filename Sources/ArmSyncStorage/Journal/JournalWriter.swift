package import ArmSync
import JSONDocument

/// Writes to one document's journal, under its lock.
struct JournalWriter {
    let folder: DocumentFolder
    let directory: StateDirectory
    let limits: JournalLimits
    /// How long an edit may leave the cache file behind; not at all unless said.
    var window = Duration.zero
    let time: Timestamp
    let report: @Sendable (StorageNotice) -> Void
    var journal: OpenJournal

    var state: DocumentState { journal.fold.state }
    var fileSystem: any FileSystem { directory.fileSystem }
    var cacheFile: CacheFile { CacheFile(folder: folder, fileSystem: fileSystem) }

    /// What the cache file holds once it is up to date.
    var expectedCache: CacheDigest {
        let known = journal.fold.cache ?? .absent
        return known == .behind ? CacheDigest(of: state.local?.cacheBytes) : known
    }

    /// What it holds now, as far as it is known.
    var presentCache: CacheDigest {
        if let sight = journal.cacheSight { return sight.digest }
        let known = journal.fold.cache == .behind ? journal.fold.cacheBefore : journal.fold.cache
        return known ?? .absent
    }
}

extension JournalWriter {
    /// Makes a record durable and folds it, in this order for everybody else; then brings the cache
    /// file up to date.
    mutating func append(_ record: Record) throws(StoreError) {
        let json = record.json
        var header = self.header(of: record, json)
        let after = try folded(record, json, header)
        let gathers = leavesCacheBehind(record)
        let bytes = gathers ? nil : changedCache(record, after)
        if gathers {
            markCacheBehind(&header)
        } else if let bytes {
            let digest = CacheDigest(of: bytes.content)
            if digest != journal.fold.cache ?? .absent {
                header.cache = digest
                header.cacheBefore = presentCache
            }
        }
        let line = JournalLine.encoded(json, header)
        try attempting(orSaying: "\(record.what) was not stored") { () throws(FileSystemError) in
            try store(line)
        }
        journal.fold.append(header, length: line.count, state: after)
        if gathers {
            journal.isCacheLeftBehind = true
        } else {
            clearMark()
            refreshCache(bytes)
        }
    }

    /// Makes the names durable that lead to the records that are there: who gave them may have been
    /// killed before it synced them.
    ///
    /// Somebody whose edit changes nothing is told that all is stored, and relies on those records.
    mutating func makeNamesDurable() throws(StoreError) {
        guard journal.fold.lineCount > 0 else { return }
        try attempting(orSaying: "what is there already cannot be made to last") {
            () throws(FileSystemError) in try syncNames()
        }
    }

    /// Says that all of the journal is on the disk.
    ///
    /// Not worth failing for: where the mark stays, the next writer makes a journal without it.
    mutating func clearMark() {
        guard journal.isMarkedByUs, let file = journal.file else { return }
        journal.isMarkedByUs = (try? file.setPermissions(FileStatus.journalInOrder)) == nil
    }

    /// Whether the cache file is so fresh that it may wait for what comes after this record.
    private func leavesCacheBehind(_ record: Record) -> Bool {
        guard record.isEdit, let written = journal.cacheWrittenAt else { return false }
        return time >= written && time.since(written) < window
    }

    /// Journals once that local has left the cache file behind; further records have nothing to add.
    private func markCacheBehind(_ header: inout JournalHeader) {
        if journal.fold.cache == .behind, journal.fold.cacheBefore == presentCache { return }
        header.cache = .behind
        header.cacheBefore = presentCache
    }

    private func header(of record: Record, _ json: JSONObject) -> JournalHeader {
        JournalHeader(
            sequence: state.sequence + 1,
            time: time.asWritten,
            type: json["type"]?.text ?? "",
            event: record.event
        )
    }

    /// The state after a record as readers will fold it. Found before anything is written: a record
    /// that does not fit would make the journal unreadable for good.
    ///
    /// Only an edit need not be read back for that: its text says all that it is.
    func folded(
        _ record: Record,
        _ json: JSONObject,
        _ header: JournalHeader
    ) throws(StoreError) -> DocumentState {
        guard header.sequence <= JournalHeader.sequenceLimit else {
            throw StoreError(.failed, "the record was not stored: the journal has no number for it")
        }
        var after = state
        do throws(FoldError) {
            let record = record.isEdit ? record : try Record(json: json)
            try after.apply(record, sequence: header.sequence, time: header.time)
        } catch {
            throw StoreError(.failed, "a record that does not fit was not stored: \(error.message)")
        }
        return after
    }

    /// One write and one sync; what fails is cut off again.
    private mutating func store(_ line: [UInt8]) throws(FileSystemError) {
        let file: any OpenFile
        if let open = journal.file {
            file = open
        } else {
            file = try fileSystem.openOrCreate(folder.journal, permissions: 0o600)
            journal.file = file
            journal.identity = try file.status().identity
        }
        try syncNames()
        if !journal.isMarkedByUs {
            try file.setPermissions(FileStatus.journalInDoubt)
            journal.isMarkedByUs = true
        }
        do throws(FileSystemError) {
            try file.append(line)
        } catch {
            // A part of a line at most: what is cut off of it was never a record.
            if (try? file.truncate(to: journal.fold.length)) != nil { clearMark() }
            throw error
        }
        do throws(FileSystemError) {
            try file.sync()
        } catch {
            // From now on the kernel may call pages clean that are not on the disk, and the disk may
            // hold the record whose cutting off it has not heard of. So the mark stays for the next
            // writer; the caller drops this descriptor.
            try? file.truncate(to: journal.fold.length)
            throw error
        }
    }

    /// Before a record is promised, the names that lead to it are made to last.
    private mutating func syncNames() throws(FileSystemError) {
        guard !journal.hasSyncedNames, !journal.fold.isNameDurable else { return }
        if journal.fold.lineCount == 0 {
            try directory.syncNames(to: folder)
        } else {
            try fileSystem.syncDirectory(folder.path)
        }
        journal.hasSyncedNames = true
    }
}

extension Timestamp {
    /// The moment as a reader of the journal will see it, so that the state a writer returns is the
    /// fold of what it wrote.
    ///
    /// A clock so wrong that its year cannot be written counts as 1970: moments only label, and a
    /// line that nobody can read would cost the document.
    package var asWritten: Timestamp {
        if hasFourDigitYear { return self }
        return Timestamp(rfc3339: rfc3339) ?? Timestamp(milliseconds: 0)
    }
}

extension Record {
    var changesLocal: Bool {
        switch change {
        case .edit, .snapshot: true
        case .sending, .note: false
        }
    }

    /// What it is, at the beginning of a sentence.
    fileprivate var what: String {
        isEdit ? "the edit" : "a record of the document"
    }

    fileprivate var isEdit: Bool {
        if case .edit = change { true } else { false }
    }
}
