import Foundation
import Glibc

/// A real file system on a loop device, whose power can be cut.
final class DiskImage {
    enum Kind: String, CaseIterable, Sendable {
        case ext4, xfs

        fileprivate var size: Int { self == .xfs ? 320 << 20 : 32 << 20 }
    }

    /// Where it is mounted, while it is.
    let path: String
    private let image: String

    init(_ kind: Kind) throws {
        path = FileManager.default.temporaryDirectory.path + "/arm-sync-power-\(UUID().uuidString)"
        image = path + ".image"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        // Sparse: what is never written takes no room.
        guard FileManager.default.createFile(atPath: image, contents: nil),
            truncate(image, kind.size) == 0
        else { throw Unexpected(description: "no \(image)") }
        try Self.run("/usr/sbin/mkfs.\(kind.rawValue)", ["-q", image])
        try mount()
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
        unlink(image)
    }

    /// From here on nothing reaches the disk, and every program is told so.
    ///
    /// - Parameter keepsLog: whether what the file system had logged in memory is written first.
    func cutPower(keepsLog: Bool) throws {
        let command = keepsLog ? "shutdown -f" : "shutdown"
        try Self.run("/usr/sbin/xfs_io", ["-x", "-c", command, path])
    }

    /// Takes it off and on again, as after the power came back. Nobody may use it any more.
    func restart() throws {
        guard umount2(path, 0) == 0 else {
            throw Unexpected(description: "\(path) is in use: \(String(cString: strerror(errno)))")
        }
        try mount()
    }

    private func mount() throws { try Self.run("/usr/bin/mount", ["-o", "loop", image, path]) }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let outcome = try ChildProcess(
            program,
            arguments,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        ).wait()
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
    }
}
