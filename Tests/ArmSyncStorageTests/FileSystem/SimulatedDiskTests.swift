import DiskSimulation
import ArmSyncStorage
import Foundation
import SeededRandom
import Testing

/// What the simulated disk may make of effects that are not synced, and what it must not.
@Suite struct SimulatedDiskTests {
    private let fileSystem = SimulatedFileSystem()
    private let sampling = CrashSampling(disks: 4000, contents: 4000, rarity: 1)

    /// What a power cut may leave at a path; nil where it leaves nothing there.
    private func remains(of path: String = "/a") -> Set<[UInt8]?> {
        var generator = SeededGenerator(seed: 1)
        let disks = fileSystem.disk.remains(sampling, &generator)
        return Set(disks.map { $0.node(at: path)?.bytes })
    }

    private func file(_ path: String = "/a", _ bytes: [UInt8] = []) throws -> any OpenFile {
        let file = try fileSystem.open(path, .creating(permissions: 0o600))
        if !bytes.isEmpty { _ = try file.write(bytes[...]) }
        return file
    }

    @Test func `a new file may be missing, empty, cut at any byte, or zeros from any byte on`()
        throws
    {
        _ = try file("/a", [1, 2, 3])
        #expect(
            remains() == [nil, [], [1], [1, 2], [1, 2, 3], [0, 0, 0], [1, 0, 0], [1, 2, 0]]
        )
    }

    @Test func `what is synced under a synced name stays`() throws {
        try file("/a", [1, 2, 3]).sync()
        #expect(remains() == [nil, [1, 2, 3]])
        try fileSystem.syncDirectory("/")
        #expect(remains() == [[1, 2, 3]])
    }

    @Test func `an append leaves alone what was synced`() throws {
        let file = try file("/a", [1, 2])
        try file.sync()
        try fileSystem.syncDirectory("/")
        _ = try file.write([3, 4])
        #expect(
            remains() == [[1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 0, 0], [1, 2, 3, 0]]
        )
    }

    @Test func `a truncation may be lost, and mixed by sectors with what is written after it`()
        throws
    {
        let file = try file("/a", [UInt8](repeating: 1, count: 1024))
        try file.sync()
        try fileSystem.syncDirectory("/")
        try file.truncate(to: 0)
        _ = try file.write([UInt8](repeating: 2, count: 1024)[...])
        let (old, new) = ([UInt8](repeating: 1, count: 512), [UInt8](repeating: 2, count: 512))
        let found = remains()
        for mixed in [old + old, old + new, new + old, new + new, [], new] {
            #expect(found.contains(mixed))
        }
        #expect(!found.contains([UInt8](repeating: 1, count: 5)))
    }

    @Test func `a file may get its name before its contents, and never loses both names`() throws {
        try file("/a", [1]).sync()
        try fileSystem.syncDirectory("/")
        let new = try file("/new", [2])
        try fileSystem.rename("/new", to: "/a")
        #expect(remains() == [[1], [], [2], [0]])
        try new.sync()
        #expect(remains() == [[1], [2]])
        var generator = SeededGenerator(seed: 1)
        for disk in fileSystem.disk.remains(sampling, &generator)
        where disk.node(at: "/a")?.bytes == [1] {
            let left = disk.node(at: "/new")?.bytes
            #expect(left == nil || left == [2])
        }
        try fileSystem.syncDirectory("/")
        #expect(remains() == [[2]])
        #expect(remains(of: "/new") == [nil])
    }

    @Test func `what a failed sync gave up is read back, and written by no later sync`() throws {
        let file = try file("/a", [UInt8](repeating: 1, count: 512))
        try file.sync()
        try fileSystem.syncDirectory("/")
        _ = try file.write([UInt8](repeating: 2, count: 512)[...])
        fileSystem.fail(.sync, with: EIO)
        #expect(throws: FileSystemError(.sync, "/a", EIO)) { try file.sync() }
        _ = try file.write([3])
        try file.sync()
        let (old, lost) = ([UInt8](repeating: 1, count: 512), [UInt8](repeating: 0, count: 512))
        let given = [UInt8](repeating: 2, count: 512)
        #expect(try file.read(at: 0, count: 2000) == old + given + [3])
        #expect(remains() == [old + lost + [3], old + given + [3]])
    }

    @Test func `what is cut off and written again after a failed sync is written by the next`()
        throws
    {
        let file = try file("/a", [1])
        fileSystem.fail(.sync, with: EIO)
        #expect(throws: FileSystemError.self) { try file.sync() }
        try file.truncate(to: 0)
        _ = try file.write([2])
        try file.sync()
        try fileSystem.syncDirectory("/")
        #expect(remains() == [[2]])
    }

    @Test func `names of two directories are lost each by itself`() throws {
        for path in ["/d", "/e"] {
            _ = try fileSystem.makeDirectory(path)
        }
        try fileSystem.syncDirectory("/")
        try file("/d/a", [1]).sync()
        try file("/e/a", [2]).sync()
        try fileSystem.syncDirectory("/e")
        #expect(remains(of: "/d/a") == [nil, [1]])
        #expect(remains(of: "/e/a") == [[2]])
    }
}
