package import ArmSyncStorage
import Foundation

/// A file system in memory that remembers what was synced and what not, loses the rest as it is
/// told, and fails on demand.
///
/// Unchecked because of what it holds: every access happens under `condition`.
package final class SimulatedFileSystem: FileSystem, @unchecked Sendable {
    /// The user that all of this belongs to.
    package static let user: UInt32 = 1000

    package let userID = SimulatedFileSystem.user
    private let condition = NSCondition()
    package private(set) var disk: SimulatedDisk
    /// How often the machine went down: what was open before is of no use after.
    package private(set) var generation = 0
    /// Changes so far: the points a crash can come after.
    package private(set) var effects = 0
    private var effectLimit: Int?
    private var faults: [Fault] = []
    /// The open file that holds the lock of each.
    private var holders: [UInt64: ObjectIdentifier] = [:]
    private var observer: (@Sendable (SimulatedDisk) -> Void)?

    private struct Fault {
        var operation: FileSystemError.Operation
        var suffix: String
        var callsBefore: Int
        /// Nil takes a part of the bytes only.
        var number: Int32?
    }

    package init(_ disk: SimulatedDisk = SimulatedDisk(owner: SimulatedFileSystem.user)) {
        self.disk = disk
    }

    package func synchronized<Result>(_ body: () throws(FileSystemError) -> Result)
        throws(FileSystemError) -> Result
    {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }
}

// MARK: What tests do to it

extension SimulatedFileSystem {
    /// Makes a call fail: the first one, or a later one, of those on paths that end so.
    package func fail(
        _ operation: FileSystemError.Operation,
        on suffix: String = "",
        after calls: Int = 0,
        with number: Int32
    ) {
        condition.lock()
        faults.append(
            Fault(operation: operation, suffix: suffix, callsBefore: calls, number: number)
        )
        condition.unlock()
    }

    /// Makes a write take half of its bytes only.
    package func shortenWrite(on suffix: String = "") {
        condition.lock()
        faults.append(Fault(operation: .write, suffix: suffix, callsBefore: 0, number: nil))
        condition.unlock()
    }

    /// From now on nothing fails any more.
    package func heal() {
        condition.lock()
        faults = []
        condition.unlock()
    }

    /// Lets so many more changes happen; from then on every call fails, as if the process were
    /// dead.
    package func stop(afterEffects count: Int) {
        condition.lock()
        effectLimit = effects + count
        condition.unlock()
    }

    /// Shows the disk after every change, or no more.
    package func observe(_ observer: (@Sendable (SimulatedDisk) -> Void)?) {
        condition.lock()
        self.observer = observer
        condition.unlock()
    }

    /// Takes the machine down and up again.
    package func crash(_ crash: SimulatedCrash) {
        condition.lock()
        generation += 1
        effectLimit = nil
        faults = []
        holders = [:]
        disk.crash(crash)
        condition.unlock()
    }

    /// Changes what a file holds behind everybody's back, as something durable.
    package func rewrite(_ path: String, _ change: (inout [UInt8]) -> Void) {
        condition.lock()
        defer { condition.unlock() }
        guard let node = disk.node(at: path) else { return }
        var bytes = node.bytes
        change(&bytes)
        disk.change(node.number) { $0.rewrite(bytes) }
    }

    /// Puts something of another kind or owner at a path.
    package func place(
        _ kind: FileStatus.Kind,
        at path: String,
        owner: UInt32 = SimulatedFileSystem.user
    ) {
        try? synchronized { () throws(FileSystemError) in
            let (directory, name) = try disk.parent(of: path, .open)
            let number = disk.make(kind, owner: owner, permissions: 0o700)
            disk.change(directory.number) { $0.set(name, to: number) }
            disk.syncNames(in: directory.number)
        }
    }
}

// MARK: The port

extension SimulatedFileSystem {
    package func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile {
        try synchronized { () throws(FileSystemError) in
            try check(.open, path)
            let (directory, name) = try disk.parent(of: path, .open)
            if case .creating(let permissions) = mode {
                guard directory.names[name] == nil else {
                    throw FileSystemError(.open, path, EEXIST)
                }
                var number = directory.number
                try takeEffect(.open, path) { disk in
                    number = disk.make(.file, owner: userID, permissions: permissions)
                    disk.change(directory.number) { $0.set(name, to: number) }
                }
                return SimulatedFile(self, number, path)
            }
            guard let node = directory.names[name].flatMap({ disk[$0] }) else {
                throw FileSystemError(.open, path, ENOENT)
            }
            switch node.kind {
            case .file: break
            case .directory: throw FileSystemError(.open, path, EISDIR)
            case .symbolicLink: throw FileSystemError(.open, path, ELOOP)
            case .other: throw FileSystemError(.open, path, EINVAL)
            }
            guard node.owner == userID else { throw FileSystemError(.open, path, EPERM) }
            return SimulatedFile(self, node.number, path)
        }
    }

    package func status(of path: String) throws(FileSystemError) -> FileStatus? {
        try synchronized { () throws(FileSystemError) in
            try check(.status, path)
            do throws(FileSystemError) {
                let (directory, name) = try disk.parent(of: path, .status)
                if name.isEmpty { return directory.status }
                return directory.names[name].flatMap { disk[$0] }?.status
            } catch {
                guard error.number == ENOENT else { throw error }
                return nil
            }
        }
    }

    package func names(in directory: String) throws(FileSystemError) -> [String] {
        try synchronized { () throws(FileSystemError) in
            try check(.list, directory)
            return try Array(disk.directory(at: directory, .list).names.keys)
        }
    }

    package func makeDirectory(_ path: String) throws(FileSystemError) -> Bool {
        try synchronized { () throws(FileSystemError) in
            try check(.makeDirectory, path)
            let (directory, name) = try disk.parent(of: path, .makeDirectory)
            guard directory.names[name] == nil else { return false }
            try takeEffect(.makeDirectory, path) { disk in
                let number = disk.make(.directory, owner: userID, permissions: 0o700)
                disk.change(directory.number) { $0.set(name, to: number) }
            }
            return true
        }
    }

    package func rename(_ path: String, to newPath: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.rename, path)
            let (directory, name) = try disk.parent(of: path, .rename)
            let (newDirectory, newName) = try disk.parent(of: newPath, .rename)
            guard directory.names[name] != nil else {
                throw FileSystemError(.rename, path, ENOENT)
            }
            try takeEffect(.rename, path) {
                $0.move(name, in: directory.number, to: newName, in: newDirectory.number)
            }
        }
    }

    package func remove(_ path: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.remove, path)
            let (directory, name) = try disk.parent(of: path, .remove)
            guard directory.names[name] != nil else { throw FileSystemError(.remove, path, ENOENT) }
            try takeEffect(.remove, path) { $0.change(directory.number) { $0.set(name, to: nil) } }
        }
    }

    package func syncDirectory(_ path: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.syncDirectory, path)
            let directory = try disk.directory(at: path, .syncDirectory)
            try takeEffect(.syncDirectory, path) { $0.syncNames(in: directory.number) }
        }
    }
}

// MARK: Inside, under the lock

extension SimulatedFileSystem {
    /// Throws where this call is to fail; false where it is a write to be shortened.
    @discardableResult
    package func check(
        _ operation: FileSystemError.Operation,
        _ path: String
    ) throws(FileSystemError) -> Bool {
        if let effectLimit, effects >= effectLimit {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
        for index in faults.indices
        where faults[index].operation == operation && path.hasSuffix(faults[index].suffix) {
            guard faults[index].callsBefore == 0 else {
                faults[index].callsBefore -= 1
                continue
            }
            guard let number = faults.remove(at: index).number else { return false }
            throw FileSystemError(operation, path, number)
        }
        return true
    }

    package func takeEffect(
        _ operation: FileSystemError.Operation,
        _ path: String,
        _ change: (inout SimulatedDisk) -> Void
    ) throws(FileSystemError) {
        if let effectLimit, effects >= effectLimit {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
        effects += 1
        change(&disk)
        observer?(disk)
    }

    package func takeLock(of number: UInt64, for file: ObjectIdentifier, waiting: Bool) -> Bool {
        while let holder = holders[number], holder != file {
            guard waiting else { return false }
            condition.wait()
        }
        holders[number] = file
        return true
    }

    /// To be called without the lock.
    package func giveLockBack(of number: UInt64, from file: ObjectIdentifier) {
        condition.lock()
        if holders[number] == file { holders[number] = nil }
        condition.broadcast()
        condition.unlock()
    }
}
