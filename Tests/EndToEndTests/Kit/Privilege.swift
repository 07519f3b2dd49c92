import Foundation
import Glibc

/// What tests may do here beyond what every user may.
enum Privilege {
    static let canSwitchUser =
        geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

    /// Tried, not guessed: a container's root often may not mount.
    static let canMount: Bool = {
        let path = FileManager.default.temporaryDirectory.path + "/arm-sync-mount-\(getpid())"
        return (try? SmallFileSystem(at: path, size: "64k")) != nil
    }()

    static let canTrace: Bool = {
        let strace = try? ChildProcess(
            "/usr/bin/strace",
            ["-o", "/dev/null", "/bin/true"],
            environment: [:]
        )
        return (try? strace?.wait().code) == 0
    }()
}

/// A file system in memory that is soon full; gone with this object.
final class SmallFileSystem {
    let path: String

    init(at path: String, size: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(size),mode=0700") == 0 else {
            let reason = String(cString: strerror(errno))
            rmdir(path)
            throw Unexpected(description: "\(path) cannot be mounted: \(reason)")
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }
}
