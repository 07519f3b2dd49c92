import ArmSyncStorage
import Foundation

/// A file system in memory that loses what was not synced, and fails on demand.
///
/// Unchecked because nodes are classes: every access to them happens under `condition`.
final class SimulatedFileSystem: FileSystem, @unchecked Sendable {
    let condition = NSCondition()
    let userID: UInt32 = 1000
    private let root: SimulatedNode
    private var lastNumber: UInt64 = 1
    /// How often the machine went down: what was open before is of no use after.
    private(set) var generation = 0
    /// Changes so far: the points a crash can come after.
    private(set) var effects = 0
    private var effectLimit: Int?
    private var faults: [Fault] = []

    private struct Fault {
        var operation: FileSystemError.Operation
        var suffix: String
        var callsBefore: Int
        /// Nil takes a part of the bytes only.
        var number: Int32?
    }

    init() {
        root = SimulatedNode(.directory, number: 1, owner: 1000, permissions: 0o755)
    }

    func synchronized<Result>(_ body: () throws(FileSystemError) -> Result)
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
    func fail(
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
    func shortenWrite(on suffix: String = "") {
        condition.lock()
        faults.append(Fault(operation: .write, suffix: suffix, callsBefore: 0, number: nil))
        condition.unlock()
    }

    /// Lets so many more changes happen; from then on every call fails, as if the process were
    /// dead.
    func stop(afterEffects count: Int) {
        condition.lock()
        effectLimit = effects + count
        condition.unlock()
    }

    /// Takes the machine down and up again.
    func crash(_ crash: SimulatedCrash) {
        condition.lock()
        generation += 1
        effectLimit = nil
        faults = []
        root.crash(crash)
        condition.unlock()
    }

    /// Changes what a file holds behind everybody's back, as something durable.
    func rewrite(_ path: String, _ change: (inout [UInt8]) -> Void) {
        try? synchronized { () throws(FileSystemError) in
            guard let node = node(at: path) else { return }
            change(&node.bytes)
            node.durableBytes = node.bytes
            node.changes += 1
        }
    }

    /// Puts something of another kind or owner at a path.
    func place(_ kind: FileStatus.Kind, at path: String, owner: UInt32 = 1000) {
        try? synchronized { () throws(FileSystemError) in
            let (directory, name) = try parent(of: path, .open)
            let node = makeNode(kind, permissions: 0o700)
            node.owner = owner
            directory.names[name] = node
            directory.durableNames[name] = node
        }
    }
}

// MARK: The port

extension SimulatedFileSystem {
    func open(_ path: String, _ mode: OpenMode) throws(FileSystemError) -> any OpenFile {
        try synchronized { () throws(FileSystemError) in
            try check(.open, path)
            let (directory, name) = try parent(of: path, .open)
            if case .creating(let permissions) = mode {
                guard directory.names[name] == nil else {
                    throw FileSystemError(.open, path, EEXIST)
                }
                try takeEffect(.open, path)
                let node = makeNode(.file, permissions: permissions)
                directory.names[name] = node
                return SimulatedFile(self, node, path)
            }
            guard let node = directory.names[name] else {
                throw FileSystemError(.open, path, ENOENT)
            }
            switch node.kind {
            case .file: break
            case .directory: throw FileSystemError(.open, path, EISDIR)
            case .symbolicLink: throw FileSystemError(.open, path, ELOOP)
            case .other: throw FileSystemError(.open, path, EINVAL)
            }
            guard node.owner == userID else { throw FileSystemError(.open, path, EPERM) }
            return SimulatedFile(self, node, path)
        }
    }

    func status(of path: String) throws(FileSystemError) -> FileStatus? {
        try synchronized { () throws(FileSystemError) in
            try check(.status, path)
            do throws(FileSystemError) {
                let (directory, name) = try parent(of: path, .status)
                return name.isEmpty ? directory.status : directory.names[name]?.status
            } catch {
                guard error.number == ENOENT else { throw error }
                return nil
            }
        }
    }

    func names(in directory: String) throws(FileSystemError) -> [String] {
        try synchronized { () throws(FileSystemError) in
            try check(.list, directory)
            return try Array(self.directory(at: directory, .list).names.keys)
        }
    }

    func makeDirectory(_ path: String) throws(FileSystemError) -> Bool {
        try synchronized { () throws(FileSystemError) in
            try check(.makeDirectory, path)
            let (directory, name) = try parent(of: path, .makeDirectory)
            guard directory.names[name] == nil else { return false }
            try takeEffect(.makeDirectory, path)
            directory.names[name] = makeNode(.directory, permissions: 0o700)
            return true
        }
    }

    func rename(_ path: String, to newPath: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.rename, path)
            let (directory, name) = try parent(of: path, .rename)
            let (newDirectory, newName) = try parent(of: newPath, .rename)
            guard let node = directory.names[name] else {
                throw FileSystemError(.rename, path, ENOENT)
            }
            try takeEffect(.rename, path)
            directory.names[name] = nil
            newDirectory.names[newName] = node
        }
    }

    func remove(_ path: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.remove, path)
            let (directory, name) = try parent(of: path, .remove)
            guard directory.names[name] != nil else { throw FileSystemError(.remove, path, ENOENT) }
            try takeEffect(.remove, path)
            directory.names[name] = nil
        }
    }

    func syncDirectory(_ path: String) throws(FileSystemError) {
        try synchronized { () throws(FileSystemError) in
            try check(.syncDirectory, path)
            let directory = try directory(at: path, .syncDirectory)
            try takeEffect(.syncDirectory, path)
            directory.durableNames = directory.names
        }
    }
}

// MARK: Inside, under the lock

extension SimulatedFileSystem {
    /// Throws where this call is to fail; false where it is a write to be shortened.
    @discardableResult
    func check(
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

    func takeEffect(
        _ operation: FileSystemError.Operation,
        _ path: String
    ) throws(FileSystemError) {
        if let effectLimit, effects >= effectLimit {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
        effects += 1
    }

    private func makeNode(_ kind: FileStatus.Kind, permissions: UInt32) -> SimulatedNode {
        lastNumber += 1
        return SimulatedNode(kind, number: lastNumber, owner: userID, permissions: permissions)
    }

    private func node(at path: String) -> SimulatedNode? {
        var node = root
        for name in path.split(separator: "/") {
            guard let next = node.names[String(name)] else { return nil }
            node = next
        }
        return node
    }

    private func directory(
        at path: String,
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) -> SimulatedNode {
        guard let node = node(at: path) else { throw FileSystemError(operation, path, ENOENT) }
        guard node.kind == .directory else { throw FileSystemError(operation, path, ENOTDIR) }
        return node
    }

    private func parent(
        of path: String,
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) -> (SimulatedNode, name: String) {
        var names = path.split(separator: "/").map(String.init)
        let name = names.popLast() ?? ""
        var node = root
        for name in names {
            guard let next = node.names[name] else {
                throw FileSystemError(operation, path, ENOENT)
            }
            guard next.kind == .directory else { throw FileSystemError(operation, path, ENOTDIR) }
            node = next
        }
        return (node, name)
    }
}
