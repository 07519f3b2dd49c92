import ArmSyncStorage
import Foundation

/// An open file of the simulation.
///
/// Unchecked because it holds a node: the file system's lock guards every access.
final class SimulatedFile: OpenFile, @unchecked Sendable {
    let path: String
    private let fileSystem: SimulatedFileSystem
    private let node: SimulatedNode
    private let generation: Int

    init(_ fileSystem: SimulatedFileSystem, _ node: SimulatedNode, _ path: String) {
        self.fileSystem = fileSystem
        self.node = node
        self.path = path
        generation = fileSystem.generation
    }

    deinit { unlock() }

    func status() throws(FileSystemError) -> FileStatus {
        try calling(.status) { () throws(FileSystemError) in node.status }
    }

    func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        try calling(.read) { () throws(FileSystemError) in
            Array(node.bytes.dropFirst(offset).prefix(count))
        }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int {
        try fileSystem.synchronized { () throws(FileSystemError) in
            try checkGeneration(.write)
            let isWhole = try fileSystem.check(.write, path)
            try fileSystem.takeEffect(.write, path)
            let taken = isWhole ? bytes : bytes.prefix(max(1, bytes.count / 2))
            node.bytes += taken
            node.changes += 1
            return taken.count
        }
    }

    func sync() throws(FileSystemError) {
        try calling(.sync) { () throws(FileSystemError) in
            try fileSystem.takeEffect(.sync, path)
            node.durableBytes = node.bytes
        }
    }

    func truncate(to length: Int) throws(FileSystemError) {
        try calling(.truncate) { () throws(FileSystemError) in
            try fileSystem.takeEffect(.truncate, path)
            node.bytes = Array(node.bytes.prefix(length))
            node.changes += 1
        }
    }

    func lock(waiting: Bool) throws(FileSystemError) -> Bool {
        try calling(.lock) { () throws(FileSystemError) in
            let me = ObjectIdentifier(self)
            while let holder = node.holder, holder != me {
                guard waiting else { return false }
                fileSystem.condition.wait()
            }
            node.holder = me
            return true
        }
    }

    func unlock() {
        fileSystem.condition.lock()
        if node.holder == ObjectIdentifier(self) { node.holder = nil }
        fileSystem.condition.broadcast()
        fileSystem.condition.unlock()
    }

    private func calling<Result>(
        _ operation: FileSystemError.Operation,
        _ body: () throws(FileSystemError) -> Result
    ) throws(FileSystemError) -> Result {
        try fileSystem.synchronized { () throws(FileSystemError) in
            try checkGeneration(operation)
            try fileSystem.check(operation, path)
            return try body()
        }
    }

    private func checkGeneration(
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) {
        guard generation == fileSystem.generation else {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
    }
}
