import ArmSync

extension JournalWriter {
    /// Content of the cache file; nil content is no file.
    struct CacheContent {
        var content: [UInt8]?
    }

    /// What the cache file is to hold after a record, where the record may have changed that.
    func changedCache(_ record: Record, _ after: DocumentState) -> CacheContent? {
        record.changesLocal ? CacheContent(content: after.local?.cacheBytes) : nil
    }

    /// Brings the cache file up to date where it is behind.
    ///
    /// What fails here is reported, not thrown: the record it derives from is durable already.
    mutating func refreshCache(_ content: CacheContent? = nil) {
        journal.isCacheLeftBehind = false
        if let sight = journal.cacheSight, sight.digest == journal.fold.cache ?? .absent { return }
        do throws(FileSystemError) {
            let content = content ?? CacheContent(content: state.local?.cacheBytes)
            if journal.fold.cache == .behind,
                journal.cacheSight?.digest == CacheDigest(of: content.content)
            {
                return
            }
            journal.cacheSight = try cacheFile.write(content.content)
            journal.cacheWrittenAt = time
        } catch {
            journal.cacheSight = nil
            notify(StoreError("the edits are safe, but \(folder.cache) is behind", error))
        }
    }

    /// Looks at the cache file before it is replaced, and puts aside what somebody else made of it:
    /// returns where.
    mutating func inspectCache() -> String? {
        let before = journal.fold.cacheBefore ?? .absent
        do throws(FileSystemError) {
            if journal.fold.cache == .behind, let sight = journal.cacheSight,
                sight.digest == before, try fileSystem.status(of: folder.cache) == sight.status
            {
                return nil
            }
            let expected = [expectedCache, before]
            journal.cacheSight = try cacheFile.look(
                for: expected,
                content: { state.local?.cacheBytes },
                known: journal.cacheSight
            )
            if journal.cacheSight != nil { return nil }
            journal.cacheSight = try cacheFile.look(for: earlierCaches(), content: { nil })
            if journal.cacheSight != nil { return nil }
        } catch {
            journal.cacheSight = nil
            notify(StoreError("the cache file cannot be read", error))
            return nil
        }
        do throws(FileSystemError) {
            let path = try cacheFile.putAside(at: time)
            journal.cacheSight = CacheFile.Sight(digest: .absent, status: nil)
            return path
        } catch {
            notify(StoreError("the cache file was changed and cannot be put aside", error))
            return nil
        }
    }

    /// Everything the cache file has held that the journal tells of.
    ///
    /// It gets its name without a sync, so a power cut may bring back what it held some edits ago. A
    /// journal is written anew after the names in its folder were synced, so no older one returns.
    private func earlierCaches() throws(FileSystemError) -> [CacheDigest] {
        guard let bytes = try journal.file?.readAll() else { return [] }
        return bytes.split(separator: JournalLine.newline).flatMap { line -> [CacheDigest] in
            guard let header = try? JournalHeader(scanning: line) else { return [] }
            return [header.cache, header.cacheBefore].compactMap { $0 }
        }
    }

    /// Writes that something happened which left the state as it was.
    mutating func note(_ event: Event, _ detail: String) throws(StoreError) {
        let note = Note(trouble: state.trouble, detail: detail)
        try append(Record(.note(note), event: event))
    }

    private func notify(_ error: StoreError) {
        report(StorageNotice(.cacheNotWritten, folder.key, error.message))
    }
}
