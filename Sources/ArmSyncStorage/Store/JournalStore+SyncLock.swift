package import ArmSync

extension JournalStore {
    package func lockSync() throws(StoreError) -> any SyncLock {
        try directory.prepare()
        let path = directory.syncLock
        let (file, isOurs) = try attempting(orSaying: "the lock of sync cannot be taken") {
            () throws(FileSystemError) in
            let file = try fileSystem.openOrCreate(path, permissions: 0o600)
            let isOurs = try file.lock(waiting: false)
            if isOurs {
                // Only a hint for people: the lock itself tells who may sync.
                try? file.truncate(to: 0)
                try? file.append(Array("\(processID)\n".utf8))
            }
            return (file, isOurs)
        }
        if isOurs { return FileSyncLock(file) }
        let text = (try? file.read(at: 0, count: 16)).map { String(decoding: $0, as: UTF8.self) }
        let holder = text?.split(separator: "\n").first.flatMap { Int32($0) }
        let who = holder.map { " (process \($0))" } ?? ""
        throw StoreError(.busy(processID: holder), "another sync is running\(who)")
    }
}

/// The lock on `sync.lock`, which the system takes back when the process ends.
private final class FileSyncLock: SyncLock {
    private let file: any OpenFile

    init(_ file: any OpenFile) { self.file = file }

    func unlock() {
        try? file.truncate(to: 0)
        file.unlock()
    }
}
