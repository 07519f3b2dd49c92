package import ArmProtocol
package import ArmSync
import JSONDocument

/// What a repair left behind.
package struct JournalRepair: Hashable, Sendable {
    package var state: DocumentState
    /// The damaged journal, byte for byte.
    package var journalCopy: String
    /// The cache file as it was, where it held something else than the repaired document: the last
    /// that is known of what was lost.
    package var cacheCopy: String?
}

extension JournalStore {
    /// What can be saved of a document's journal; nil where it is not damaged.
    package func survey(_ key: DocumentKey) throws(StoreError) -> JournalSurvey? {
        try surveyed(try directory.folder(of: key))?.survey
    }

    /// Replaces a damaged journal by what can be saved of it, after copies of all there was are safe.
    ///
    /// When this throws, the damaged journal is still in its place.
    ///
    /// - Parameter survey: what a person agreed to; anything else is refused.
    package func repair(
        _ key: DocumentKey,
        as survey: JournalSurvey,
        at time: Timestamp
    ) throws(StoreError) -> JournalRepair {
        let folder = try directory.folder(of: key)
        return try slots.slot(of: key).withLock { (kept) throws(StoreError) in
            kept = nil
            try directory.prepare(folder)
            let lock = try lock(folder)
            defer { lock.unlock() }
            guard let (found, bytes) = try surveyed(folder), found == survey else {
                throw StoreError(.failed, "the journal has changed since it was looked at")
            }
            var writer = JournalWriter(
                folder: folder,
                directory: directory,
                limits: JournalLimits(),
                time: time,
                report: report,
                journal: OpenJournal()
            )
            return try writer.repair(bytes, survey)
        }
    }

    private func surveyed(
        _ folder: DocumentFolder
    ) throws(StoreError) -> (survey: JournalSurvey, bytes: [UInt8])? {
        guard try directory.isThere() else { return nil }
        let bytes = try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) in try fileSystem.contents(of: folder.journal)
        }
        guard let bytes else { return nil }
        let survey = try folding(folder.journal) { () throws(JournalError) in
            try JournalSurvey(of: bytes)
        }
        return survey.map { ($0, bytes) }
    }
}

extension JournalWriter {
    /// Copies first, synced; then one rename.
    fileprivate mutating func repair(
        _ damaged: [UInt8],
        _ survey: JournalSurvey
    ) throws(StoreError) -> JournalRepair {
        let state = survey.isComplete ? survey.state : survey.state.mistrusted
        let cacheBytes = state.local?.cacheBytes
        let (journalCopy, cacheCopy) = try attempting(
            orSaying: "the damaged journal cannot be copied, and is still in its place"
        ) { () throws(FileSystemError) in
            let journalCopy = try keep(damaged, as: "\(folder.path)/journal.damaged")
            // Nobody else may have put something there that is no file.
            let cache = try? fileSystem.contents(of: folder.cache)
            let cacheCopy = try cache.flatMap { bytes throws(FileSystemError) in
                bytes == cacheBytes
                    ? nil : try keep(bytes, as: "\(folder.path)/user_data.json.damaged")
            }
            try fileSystem.syncDirectory(folder.path)
            return (journalCopy, cacheCopy)
        }
        var header = JournalHeader(
            sequence: max(survey.highestSequence, survey.state.sequence) + 1,
            time: time.asWritten,
            type: "snapshot",
            event: .repaired
        )
        header.cache = CacheDigest(of: cacheBytes)
        // A crash before the cache file follows must not look as if somebody had changed it.
        header.cacheBefore = CacheDigest(of: (try? fileSystem.contents(of: folder.cache)) ?? nil)
        let record = Record(.snapshot(state), event: .repaired)
        let json = record.json
        let after = try folded(record, json, header)
        let line = JournalLine.encoded(
            json,
            header,
            history: history(of: damaged, survey, header, journalCopy)
        )
        try attempting(orSaying: "the repaired journal cannot be written") {
            () throws(FileSystemError) in
            try fileSystem.replace(
                folder.journal,
                with: line,
                aside: folder.newJournal,
                permissions: 0o600,
                durable: true
            )
            try fileSystem.syncDirectory(folder.path)
        }
        journal.fold.append(header, length: line.count, state: after)
        refreshCache(CacheContent(content: cacheBytes))
        return JournalRepair(state: after, journalCopy: journalCopy, cacheCopy: cacheCopy)
    }

    /// What is known to have happened, with the repair as the last of it. Not worth failing for.
    private func history(
        of damaged: [UInt8],
        _ survey: JournalSurvey,
        _ header: JournalHeader,
        _ copy: String
    ) -> JournalHistory {
        var history = (try? JournalHistory(of: damaged)) ?? JournalHistory()
        let damage = "line \(survey.line): \(survey.reason)"
        history.append(
            JournalHistory.Entry(
                sequence: header.sequence,
                time: header.time,
                event: .repaired,
                detail: "\(damage); the damaged journal is \(copy)"
            )
        )
        return history
    }

    /// Makes a file of those bytes that survives power loss once its folder is synced.
    private func keep(_ bytes: [UInt8], as name: String) throws(FileSystemError) -> String {
        var number = 1
        while try fileSystem.status(of: "\(name)-\(number)") != nil { number += 1 }
        let path = "\(name)-\(number)"
        do throws(FileSystemError) {
            let file = try fileSystem.open(path, .creating(permissions: 0o600))
            try file.append(bytes)
            try file.sync()
        } catch {
            try? fileSystem.removeIfThere(path)
            throw error
        }
        return path
    }
}
