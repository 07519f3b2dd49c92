import CLinux

/// What files look like from outside: whether one was changed shows, nothing of what is in it does.
enum CredentialsMark {
    /// Changes whenever one of the files is written, replaced, or given other rights.
    static func of(_ paths: [String]) -> String? {
        guard !paths.isEmpty else { return nil }
        return paths.map(version).joined(separator: " ")
    }

    private static func version(_ path: String) -> String {
        var version = clinux_file_version()
        guard clinux_version_of_file(path, &version) == 0 else { return "-" }
        return "\(version.device).\(version.number).\(version.size)"
            + ".\(version.written_seconds).\(version.written_nanoseconds)"
            + ".\(version.changed_seconds).\(version.changed_nanoseconds)"
    }
}
