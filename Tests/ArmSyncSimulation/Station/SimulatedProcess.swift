import ArmSyncStorage
import DiskSimulation
import Foundation
import Synchronization

/// A process of a station: its view of the station's files, which ends with it.
///
/// A process that was killed has no effect any more, whatever the code that ran in it goes on to do.
final class SimulatedProcess: FileSystem {
    private struct Contents {
        var isAlive = true
        /// Changes to the disk after which it is killed; nil for none.
        var effectsLeft: Int?
        var locks: [ObjectIdentifier: @Sendable () -> Void] = [:]
    }

    private let fileSystem: any FileSystem
    private let contents: Mutex<Contents>

    init(_ fileSystem: any FileSystem, dyingAfter effects: Int? = nil) {
        self.fileSystem = fileSystem
        contents = Mutex(Contents(effectsLeft: effects))
    }

    var isAlive: Bool { contents.withLock { $0.isAlive } }

    /// Ends it; the system takes its locks back.
    func kill() {
        let locks = contents.withLock { contents in
            contents.isAlive = false
            defer { contents.locks = [:] }
            return contents.locks
        }
        for unlock in locks.values { unlock() }
    }

    func checkLife(
        _ operation: FileSystemError.Operation,
        _ path: String,
        changes: Bool
    ) throws(FileSystemError) {
        if changes { spend(1) }
        guard isAlive else { throw FileSystemError(operation, path, ESHUTDOWN) }
    }

    /// Counts changes to the disk, before they are made.
    func spend(_ effects: Int) {
        let dies = contents.withLock { contents in
            guard contents.isAlive, let left = contents.effectsLeft else { return false }
            contents.effectsLeft = left - effects
            return left <= 0
        }
        if dies { kill() }
    }

    func hold(_ lock: AnyObject, _ unlock: @escaping @Sendable () -> Void) {
        contents.withLock { $0.locks[ObjectIdentifier(lock)] = unlock }
    }

    func giveUp(_ lock: AnyObject) {
        contents.withLock { $0.locks[ObjectIdentifier(lock)] = nil }
    }
}

extension SimulatedProcess {
    var userID: UInt32 { fileSystem.userID }

    func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile {
        var creates = false
        if case .creating = mode { creates = true }
        try checkLife(.open, path, changes: creates)
        return SimulatedProcessFile(try fileSystem.open(path, mode), of: self)
    }

    func status(of path: String) throws(FileSystemError) -> FileStatus? {
        try checkLife(.status, path, changes: false)
        return try fileSystem.status(of: path)
    }

    func names(in directory: String) throws(FileSystemError) -> [String] {
        try checkLife(.list, directory, changes: false)
        return try fileSystem.names(in: directory)
    }

    func makeDirectory(_ path: String) throws(FileSystemError) -> Bool {
        try checkLife(.makeDirectory, path, changes: true)
        return try fileSystem.makeDirectory(path)
    }

    func rename(_ path: String, to newPath: String) throws(FileSystemError) {
        try checkLife(.rename, path, changes: true)
        try fileSystem.rename(path, to: newPath)
    }

    func remove(_ path: String) throws(FileSystemError) {
        try checkLife(.remove, path, changes: true)
        try fileSystem.remove(path)
    }

    func syncDirectory(_ path: String) throws(FileSystemError) {
        try checkLife(.syncDirectory, path, changes: true)
        try fileSystem.syncDirectory(path)
    }
}

/// A file that a process has open.
private final class SimulatedProcessFile: OpenFile {
    private let file: any OpenFile
    private let process: SimulatedProcess

    init(_ file: any OpenFile, of process: SimulatedProcess) {
        self.file = file
        self.process = process
    }

    var path: String { file.path }

    func status() throws(FileSystemError) -> FileStatus {
        try process.checkLife(.status, path, changes: false)
        return try file.status()
    }

    func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        try process.checkLife(.read, path, changes: false)
        return try file.read(at: offset, count: count)
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int {
        try process.checkLife(.write, path, changes: true)
        return try file.write(bytes)
    }

    func sync() throws(FileSystemError) {
        try process.checkLife(.sync, path, changes: true)
        try file.sync()
    }

    func truncate(to length: Int) throws(FileSystemError) {
        try process.checkLife(.truncate, path, changes: true)
        try file.truncate(to: length)
    }

    func setPermissions(_ permissions: UInt32) throws(FileSystemError) {
        try process.checkLife(.setPermissions, path, changes: true)
        try file.setPermissions(permissions)
    }

    func lock(waiting: Bool) throws(FileSystemError) -> Bool {
        try process.checkLife(.lock, path, changes: false)
        guard try file.lock(waiting: waiting) else { return false }
        let file = file
        process.hold(file) { file.unlock() }
        return true
    }

    func unlock() {
        process.giveUp(file)
        file.unlock()
    }
}
