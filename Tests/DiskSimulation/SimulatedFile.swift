package import ArmSyncStorage
import Foundation

/// An open file of the simulation.
package final class SimulatedFile: OpenFile {
    package let path: String
    private let fileSystem: SimulatedFileSystem
    private let number: UInt64
    private let generation: Int

    /// To be called under the file system's lock.
    package init(_ fileSystem: SimulatedFileSystem, _ number: UInt64, _ path: String) {
        self.fileSystem = fileSystem
        self.number = number
        self.path = path
        generation = fileSystem.generation
    }

    deinit { unlock() }

    package func status() throws(FileSystemError) -> FileStatus {
        try calling(.status) { () throws(FileSystemError) in try node(.status).status }
    }

    package func read(at offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
        try calling(.read) { () throws(FileSystemError) in
            try Array(node(.read).bytes.dropFirst(offset).prefix(count))
        }
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(FileSystemError) -> Int {
        try fileSystem.synchronized { () throws(FileSystemError) in
            try checkGeneration(.write)
            let isWhole = try fileSystem.check(.write, path)
            let taken = isWhole ? bytes : bytes.prefix(max(1, bytes.count / 2))
            try fileSystem.takeEffect(.write, path) { $0.change(number) { $0.write(taken) } }
            return taken.count
        }
    }

    package func sync() throws(FileSystemError) {
        try fileSystem.synchronized { () throws(FileSystemError) in
            try checkGeneration(.sync)
            do throws(FileSystemError) {
                try fileSystem.check(.sync, path)
            } catch {
                try fileSystem.takeEffect(.sync, path) {
                    $0.change(number) { $0.failToSync() }
                }
                throw error
            }
            try fileSystem.takeEffect(.sync, path) { $0.change(number) { $0.sync() } }
        }
    }

    package func truncate(to length: Int) throws(FileSystemError) {
        try calling(.truncate) { () throws(FileSystemError) in
            try fileSystem.takeEffect(.truncate, path) {
                $0.change(number) { $0.truncate(to: length) }
            }
        }
    }

    package func setPermissions(_ permissions: UInt32) throws(FileSystemError) {
        try calling(.setPermissions) { () throws(FileSystemError) in
            try fileSystem.takeEffect(.setPermissions, path) {
                $0.change(number) { $0.setPermissions(permissions) }
            }
        }
    }

    package func lock(waiting: Bool) throws(FileSystemError) -> Bool {
        try calling(.lock) { () throws(FileSystemError) in
            fileSystem.takeLock(of: number, for: ObjectIdentifier(self), waiting: waiting)
        }
    }

    package func unlock() { fileSystem.giveLockBack(of: number, from: ObjectIdentifier(self)) }

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

    private func node(
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) -> SimulatedNode {
        guard let node = fileSystem.disk[number] else {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
        return node
    }

    private func checkGeneration(
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) {
        guard generation == fileSystem.generation else {
            throw FileSystemError(operation, path, ESHUTDOWN)
        }
    }
}
