import Glibc

/// A file for an editor: for its owner alone, in a folder of its own, so that what an editor puts
/// beside it is nobody else's to read either.
struct EditingFile {
    let path: String
    private let folder: String

    init(_ bytes: [UInt8], environment: [String: String]) throws(CommandError) {
        let parent = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array("\(parent)/arm-sync-edit-XXXXXX".utf8CString)
        // Made with mode 0700 whatever the umask.
        guard mkdtemp(&template) != nil else { throw Self.failed(parent, errno) }
        folder = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        path = "\(folder)/user_data.json"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw Self.failed(path, errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                remove()
                throw Self.failed(path, code)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Removes the folder with all an editor left in it.
    func remove() {
        // Whatever cannot be removed is for its owner alone.
        if let entries = opendir(folder) {
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { unlink("\(folder)/\(name)") }
            }
            closedir(entries)
        }
        rmdir(folder)
    }

    private static func failed(_ path: String, _ code: Int32) -> CommandError {
        CommandError(
            .storeFailed,
            "a file for the editor cannot be made (\(path)): \(String(cString: strerror(code)))"
        )
    }
}
