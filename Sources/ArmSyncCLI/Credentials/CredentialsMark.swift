import CLinux
import Glibc

/// What files look like from outside: whether one was changed shows, nothing of what is in it does.
enum CredentialsMark {
    /// Changes whenever one of the files is written, replaced, or given other rights.
    static func of(_ paths: [String]) -> String? {
        guard !paths.isEmpty else { return nil }
        return paths.map(version).joined(separator: " ")
    }

    private static func version(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "-" }
        return "\(status.st_dev).\(status.st_ino).\(status.st_size)"
            + ".\(clinux_written_nanoseconds(&status)).\(clinux_changed_nanoseconds(&status))"
    }
}
