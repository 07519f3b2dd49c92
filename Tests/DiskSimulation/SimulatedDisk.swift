package import ArmSyncStorage
import Foundation

/// Everything a simulated file system holds, as a value: taken at any moment, it is what a crash at
/// that moment starts from.
package struct SimulatedDisk: Sendable {
    package static let root: UInt64 = 1

    package private(set) var nodes: [UInt64: SimulatedNode]
    /// Renames that a sync of their directory has not yet made certain.
    package private(set) var moves: [Move] = []
    private var lastNumber = Self.root

    /// A rename: on the disk, the old name goes only once the new one is there.
    package struct Move: Sendable {
        var directory: UInt64
        var name: String
        /// Which of the values of the old name is its being gone.
        var index: Int
        var newDirectory: UInt64
        var newName: String
        var newIndex: Int
    }

    package init(owner: UInt32) {
        nodes = [
            Self.root: SimulatedNode(
                .directory,
                number: Self.root,
                owner: owner,
                permissions: 0o755
            )
        ]
    }

    package subscript(number: UInt64) -> SimulatedNode? { nodes[number] }

    package mutating func change(_ number: UInt64, _ change: (inout SimulatedNode) -> Void) {
        guard var node = nodes.removeValue(forKey: number) else { return }
        change(&node)
        nodes[number] = node
    }
}

extension SimulatedDisk {
    /// Makes something new, with no name yet.
    package mutating func make(_ kind: FileStatus.Kind, owner: UInt32, permissions: UInt32)
        -> UInt64
    {
        lastNumber += 1
        nodes[lastNumber] = SimulatedNode(
            kind,
            number: lastNumber,
            owner: owner,
            permissions: permissions
        )
        return lastNumber
    }

    package mutating func move(
        _ name: String,
        in directory: UInt64,
        to newName: String,
        in newDirectory: UInt64
    ) {
        let number = nodes[directory]?.names[name]
        let newCount = nodes[newDirectory]?.set(newName, to: number) ?? 0
        let count = nodes[directory]?.set(name, to: nil) ?? 0
        moves.append(
            Move(
                directory: directory,
                name: name,
                index: count - 1,
                newDirectory: newDirectory,
                newName: newName,
                newIndex: newCount - 1
            )
        )
    }

    package mutating func syncNames(in directory: UInt64) {
        nodes[directory]?.syncNames()
        moves.removeAll { $0.directory == directory || $0.newDirectory == directory }
    }

    /// Names and files that nobody can reach any more are forgotten, and renames are over.
    package mutating func settle() {
        moves = []
        var reachable: Set<UInt64> = []
        visit { _, node in reachable.insert(node.number) }
        nodes = nodes.filter { reachable.contains($0.key) }
    }

    /// What the path leads to; nil where it leads to nothing.
    package func node(at path: String) -> SimulatedNode? {
        var node = nodes[Self.root]
        for name in path.split(separator: "/") {
            guard let next = node?.names[String(name)] else { return nil }
            node = nodes[next]
        }
        return node
    }

    package func directory(
        at path: String,
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) -> SimulatedNode {
        guard let node = node(at: path) else { throw FileSystemError(operation, path, ENOENT) }
        guard node.kind == .directory else { throw FileSystemError(operation, path, ENOTDIR) }
        return node
    }

    package func parent(
        of path: String,
        _ operation: FileSystemError.Operation
    ) throws(FileSystemError) -> (SimulatedNode, name: String) {
        guard var node = nodes[Self.root] else { throw FileSystemError(operation, path, ENOENT) }
        var names = path.split(separator: "/").map(String.init)
        let name = names.popLast() ?? ""
        for name in names {
            guard let number = node.names[name], let next = nodes[number] else {
                throw FileSystemError(operation, path, ENOENT)
            }
            guard next.kind == .directory else { throw FileSystemError(operation, path, ENOTDIR) }
            node = next
        }
        return (node, name)
    }

    /// Calls for everything that programs can reach, with its path, in the order of the paths.
    package func visit(_ body: (String, SimulatedNode) -> Void) {
        visit(Self.root, "", body)
    }

    private func visit(_ number: UInt64, _ path: String, _ body: (String, SimulatedNode) -> Void) {
        guard let node = nodes[number] else { return }
        body(path, node)
        for (name, child) in node.names.sorted(by: { $0.key < $1.key }) {
            visit(child, "\(path)/\(name)", body)
        }
    }

    /// Tells one state of the disk, as programs see it, from another.
    package var digest: Int {
        var hasher = Hasher()
        visit { path, node in
            hasher.combine(path)
            hasher.combine(node.kind)
            hasher.combine(node.permissions)
            hasher.combine(node.bytes)
        }
        return hasher.finalize()
    }
}
