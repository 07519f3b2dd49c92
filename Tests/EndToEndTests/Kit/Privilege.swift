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

    /// Tried, too, with the file systems that it is about.
    static let canCutPower: Bool = {
        guard geteuid() == 0 else { return false }
        return DiskImage.Kind.allCases.allSatisfy { kind in
            do {
                try DiskImage(kind).cutPower(keepsLog: true)
                return true
            } catch {
                return false
            }
        }
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
