import ArmSync
import Glibc

/// Reads files that hold secrets, and refuses those that others can read.
enum SecretFile {
    /// Bytes beyond which a file can be no secret of ours.
    static let sizeLimit = 64 << 10

    /// The text in a file, without the one newline at its end that editors leave there.
    static func text(of path: String) throws(CredentialError) -> String {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        var bytes = try contents(of: descriptor, path)
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw unusable("the secret file \(path) is empty") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unusable("the secret file \(path) is not UTF-8")
        }
        return text
    }

    /// Refuses a file that cannot be a secret any more, or cannot be read.
    static func check(_ path: String) throws(CredentialError) { close(try opened(path)) }

    /// Whether a file could be one.
    static func isPrivate(_ path: String) -> Bool {
        guard let descriptor = try? opened(path) else { return false }
        close(descriptor)
        return true
    }

    /// Links are followed, since tools that renew secrets put them in place by links; but not one of
    /// another user, who could have us send another of our secrets than the one meant.
    private static func opened(_ path: String) throws(CredentialError) -> Int32 {
        var link = stat()
        guard lstat(path, &link) == 0 else { throw unreadable(path, errno) }
        guard isOurs(link.st_uid) else { throw foreign(path) }
        // Without O_NONBLOCK a named pipe would hold us up until somebody writes.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        do throws(CredentialError) {
            try check(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Looks at the file that is open, not at what has its name by now.
    private static func check(_ descriptor: Int32, _ path: String) throws(CredentialError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw unusable("the secret file \(path) is no regular file")
        }
        guard isOurs(status.st_uid) else { throw foreign(path) }
        let othersMay = status.st_mode & 0o077
        // systemd lets the service in by an access list, whose mask shows as the group's rights.
        let isHandedOver = status.st_uid == 0 && isInCredentialsDirectory(path)
        guard othersMay == 0 || (isHandedOver && othersMay & 0o007 == 0) else {
            throw unusable(
                "others can read the secret file \(path); type: chmod 600 \(path.shellWord)"
            )
        }
    }

    private static func contents(
        of descriptor: Int32,
        _ path: String
    ) throws(CredentialError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 12)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(path, errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= sizeLimit else {
                throw unusable("the secret file \(path) is over \(sizeLimit >> 10) KiB")
            }
        }
    }

    private static func isOurs(_ owner: uid_t) -> Bool { owner == 0 || owner == geteuid() }

    private static func isInCredentialsDirectory(_ path: String) -> Bool {
        guard let directory = getenv("CREDENTIALS_DIRECTORY") else { return false }
        let prefix = String(cString: directory) + "/"
        return prefix.hasPrefix("/") && path.hasPrefix(prefix)
            && !path.dropFirst(prefix.count).contains("/")
    }

    private static func foreign(_ path: String) -> CredentialError {
        unusable("the secret file \(path) belongs to another user")
    }

    private static func unreadable(_ path: String, _ code: Int32) -> CredentialError {
        unusable("cannot read the secret file \(path): \(String(cString: strerror(code)))")
    }

    private static func unusable(_ message: String) -> CredentialError {
        CredentialError(.unusable, message)
    }
}
