import Glibc

/// Reads files a person names.
enum InputFile {
    /// Bytes beyond which no input of ours can be sensible.
    static let sizeLimit = 64 << 20

    /// What messages call it.
    static func name(of path: String) -> String { path == "-" ? "standard input" : path }

    /// The contents of a file, or of standard input for `-`.
    static func contents(of path: String) throws(CommandError) -> [UInt8] {
        if path == "-" { return try drain(STDIN_FILENO, named: name(of: path)) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        return try drain(descriptor, named: path)
    }

    /// The contents of a file; nil where there is none.
    static func contentsIfPresent(of path: String) throws(CommandError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 && (errno == ENOENT || errno == ENOTDIR) { return nil }
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        return try drain(descriptor, named: path)
    }

    private static func drain(_ descriptor: Int32, named name: String) throws(CommandError)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(name, errno)
            }
            bytes += chunk[..<count]
            if bytes.count > sizeLimit {
                throw CommandError(.badInput, "\(name) is over \(sizeLimit >> 20) MiB")
            }
        }
    }

    private static func unreadable(_ name: String, _ code: Int32) -> CommandError {
        CommandError(.missingInput, "cannot read \(name): \(String(cString: strerror(code)))")
    }
}
