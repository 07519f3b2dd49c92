package import ArmSyncStorage

/// A mistake that a store could make, made for it by the file system it is given.
package enum DiskFlaw: String, CaseIterable, Sendable {
    /// Records are promised before they are on the disk.
    case noSync
    /// A file gets its name before its contents are on the disk.
    case renameBeforeSync
    /// Names are left to chance.
    case noDirectorySync
    /// Only the names in a document's own folder are synced.
    case onlyLastDirectorySync
    /// A sync that fails is tried again on the same descriptor, and then believed.
    case trustAfterFailedSync
    /// What a failure or a crash leaves at the end is not cut off, and the next record follows it.
    case noCut
    /// A file is replaced by writing over it.
    case replaceInPlace
    /// Nobody can tell that what is in a journal may not be on the disk.
    case noMark
}

/// A file system that makes that mistake.
package struct FlawedFileSystem: FileSystem {
    private let base: any FileSystem
    private let flaw: DiskFlaw

    package init(_ base: any FileSystem, _ flaw: DiskFlaw) {
        self.base = base
        self.flaw = flaw
    }

    package var userID: UInt32 { base.userID }

    package func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile {
        FlawedFile(try base.open(path, mode), flaw)
    }

    package func status(of path: String) throws(FileSystemError) -> FileStatus? {
        try base.status(of: path)
    }

    package func names(in directory: String) throws(FileSystemError) -> [String] {
        try base.names(in: directory)
    }

    package func makeDirectory(_ path: String) throws(FileSystemError) -> Bool {
        try base.makeDirectory(path)
    }

    package func rename(_ path: String, to newPath: String) throws(FileSystemError) {
        guard flaw == .replaceInPlace, newPath.hasSuffix("journal.jsonl"),
            try base.status(of: newPath) != nil
        else { return try base.rename(path, to: newPath) }
        let source = try base.open(path, .reading)
        let bytes = try source.read(at: 0, count: source.status().length)
        let target = try base.open(newPath, .appending)
        try target.truncate(to: 0)
        _ = try target.write(bytes[...])
        try target.sync()
        try base.remove(path)
    }

    package func remove(_ path: String) throws(FileSystemError) { try base.remove(path) }

    package func syncDirectory(_ path: String) throws(FileSystemError) {
        switch flaw {
        case .noDirectorySync: return
        case .onlyLastDirectorySync where !path.hasSuffix("/102"): return
        default: try base.syncDirectory(path)
        }
    }
}

private final class FlawedFile: OpenFile {
    private let base: any OpenFile
    private let flaw: DiskFlaw

    package init(_ base: any OpenFile, _ flaw: DiskFlaw) {
        self.base = base
        self.flaw = flaw
    }

    package var path: String { base.path }

    package func status() throws(FileSystemError) -> FileStatus { try base.status() }

    package func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        try base.read(at: offset, count: count)
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int {
        try base.write(bytes)
    }

    package func sync() throws(FileSystemError) {
        switch flaw {
        case .noSync where path.hasSuffix("journal.jsonl"): return
        case .renameBeforeSync where path.hasSuffix(".new"): return
        case .trustAfterFailedSync:
            do throws(FileSystemError) { try base.sync() } catch { try base.sync() }
        default: try base.sync()
        }
    }

    package func truncate(to length: Int) throws(FileSystemError) {
        if flaw == .noCut, path.hasSuffix("journal.jsonl") { return }
        try base.truncate(to: length)
    }

    package func setPermissions(_ permissions: UInt32) throws(FileSystemError) {
        if flaw != .noMark { try base.setPermissions(permissions) }
    }

    package func lock(waiting: Bool) throws(FileSystemError) -> Bool {
        try base.lock(waiting: waiting)
    }

    package func unlock() { base.unlock() }
}
