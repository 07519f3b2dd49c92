import Glibc

/// A configuration file that is not there yet.
struct NewConfigurationFile: Sendable {
    let path: String
    /// Whether everybody on the station may read it: that of the whole station is no use otherwise.
    let isForEveryone: Bool

    /// Throws where something of that name is there already.
    func requireAbsence() throws(CommandError) {
        var status = stat()
        // A link that leads nowhere counts: somebody put it there.
        if lstat(path, &status) == 0 { throw existing }
    }

    /// Writes the file as a whole or not at all, and never over another one.
    func write(_ text: String) throws(CommandError) {
        try makeDirectory(Self.parent(of: path))
        let aside = "\(path).new-\(getpid())"
        try writeAside(text, aside)
        defer { unlink(aside) }
        // A link where rename would be expected: it fails where somebody else was faster.
        guard link(aside, path) == 0 else {
            throw errno == EEXIST ? existing : failure(path)
        }
        try sync(directory: Self.parent(of: path))
    }

    private func writeAside(_ text: String, _ aside: String) throws(CommandError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(aside, flags, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        do throws(CommandError) {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw failure(path) }
                rest = rest.dropFirst(count)
            }
            // Whatever the umask is.
            guard fchmod(descriptor, isForEveryone ? 0o644 : 0o600) == 0, fsync(descriptor) == 0
            else { throw failure(path) }
        } catch {
            unlink(aside)
            throw error
        }
    }

    /// Makes a directory and its parents where they are not there; those that are stay as they are.
    private func makeDirectory(_ path: String) throws(CommandError) {
        let mode: mode_t = isForEveryone ? 0o755 : 0o700
        if mkdir(path, mode) == 0 {
            guard chmod(path, mode) == 0 else { throw failure(path) }
            return
        }
        switch errno {
        case EEXIST: return
        case ENOENT where Self.parent(of: path) != path:
            try makeDirectory(Self.parent(of: path))
            guard mkdir(path, mode) == 0 || errno == EEXIST, chmod(path, mode) == 0 else {
                throw failure(path)
            }
        default: throw failure(path)
        }
    }

    private func sync(directory: String) throws(CommandError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(directory) }
    }

    private var existing: CommandError {
        CommandError(
            .configuration,
            "\(path) is there already; nothing was written",
            advice: "Edit it, or move it away first; --config names another place."
        )
    }

    private func failure(_ place: String) -> CommandError {
        let isDenied = isForEveryone && (errno == EACCES || errno == EPERM)
        return CommandError(
            .storeFailed,
            "the configuration cannot be written: \(String(cString: strerror(errno))) (\(place))",
            advice: isDenied ? "Run it as root." : "--config names another place."
        )
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        let parent = path[..<slash]
        return parent.isEmpty ? "/" : String(parent)
    }
}
