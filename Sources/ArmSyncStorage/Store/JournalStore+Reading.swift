package import ArmProtocol
package import ArmSync

extension JournalStore {
    package func keys() throws(StoreError) -> [DocumentKey] {
        guard try directory.isThere() else { return [] }
        return try attempting(orSaying: "the documents cannot be listed") {
            () throws(FileSystemError) in
            var keys: [DocumentKey] = []
            for name in try folders(in: directory.documents) {
                guard let application = FolderName.decoded(name) else { continue }
                let path = "\(directory.documents)/\(name)"
                guard let names = try? folders(in: path) else {
                    // It stands for all that is in there, and its state says why: nothing that can
                    // be read is hidden with it.
                    keys.append(DocumentKey(application: application))
                    continue
                }
                for name in names {
                    let agent = FolderName.decoded(name)
                    guard agent != nil || name == FolderName.noAgent else { continue }
                    guard mayHoldJournal("\(path)/\(name)") else { continue }
                    keys.append(DocumentKey(application: application, agent: agent))
                }
            }
            return keys.sorted { $0.precedes($1) }
        }
    }

    package func state(of key: DocumentKey) throws(StoreError) -> DocumentState {
        let folder = try directory.folder(of: key)
        if let fold = try fold(of: folder) { return fold.state }
        if key.agent == nil {
            // What `keys` lists for an application's folder that it could not list.
            _ = try attempting(orSaying: "the application's documents cannot be listed") {
                () throws(FileSystemError) in try folders(in: folder.applicationPath)
            }
        }
        return DocumentState()
    }

    /// What happened to a document.
    package func history(of key: DocumentKey) throws(StoreError) -> JournalHistory {
        let folder = try directory.folder(of: key)
        let bytes = try contents(of: folder.journal) ?? []
        return try folding(folder.journal) { () throws(JournalError) in
            try JournalHistory(of: bytes)
        }
    }

    /// The fold of a document's journal, without a lock; nil where there is none.
    func fold(of folder: DocumentFolder) throws(StoreError) -> JournalFold? {
        if let known = try knownFold(of: folder) { return known }
        do throws(StoreError) {
            return try readFold(of: folder)
        } catch {
            // A writer may have cut a failed record off and written another while this was reading.
            // What is damaged stays damaged.
            guard error.code == .unreadable else { throw error }
            return try readFold(of: folder)
        }
    }

    private func readFold(of folder: DocumentFolder) throws(StoreError) -> JournalFold? {
        guard let bytes = try contents(of: folder.journal) else { return nil }
        var fold = JournalFold()
        _ = try folding(folder.journal) { () throws(JournalError) in try fold.append(bytes) }
        return fold
    }

    /// What this process knows of the journal, where it is still just that.
    private func knownFold(of folder: DocumentFolder) throws(StoreError) -> JournalFold? {
        guard let slot = slots.existingSlot(of: folder.key) else { return nil }
        return try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) in
            let known = slot.valueIfAvailable ?? nil
            guard let known, let status = try fileSystem.status(of: folder.journal),
                status.identity == known.identity, status.length == known.fold.length
            else { return nil }
            return known.fold
        }
    }

    private func contents(of path: String) throws(StoreError) -> [UInt8]? {
        guard try directory.isThere() else { return nil }
        return try attempting(orSaying: "the journal cannot be read") {
            () throws(FileSystemError) in try fileSystem.contents(of: path)
        }
    }

    /// Whether a document's folder has a journal with anything in it. One that cannot be looked at
    /// counts: whoever reads the document is told why, and the others are not hidden with it.
    private func mayHoldJournal(_ folder: String) -> Bool {
        do throws(FileSystemError) {
            let status = try fileSystem.status(of: "\(folder)/journal.jsonl")
            return (status?.length ?? 0) > 0
        } catch {
            return true
        }
    }

    /// Names of the folders in a directory; none where there is no directory.
    private func folders(in path: String) throws(FileSystemError) -> [String] {
        guard try fileSystem.status(of: path)?.kind == .directory else { return [] }
        var folders: [String] = []
        for name in try fileSystem.names(in: path)
        where try fileSystem.status(of: "\(path)/\(name)")?.kind == .directory {
            folders.append(name)
        }
        return folders
    }
}

extension DocumentKey {
    /// Whether its ids come first, byte by byte; no agent comes before every agent.
    fileprivate func precedes(_ other: DocumentKey) -> Bool {
        guard application.utf8.elementsEqual(other.application.utf8) else {
            return application.utf8.lexicographicallyPrecedes(other.application.utf8)
        }
        guard let agent else { return other.agent != nil }
        guard let otherAgent = other.agent else { return false }
        return agent.utf8.lexicographicallyPrecedes(otherAgent.utf8)
    }
}
