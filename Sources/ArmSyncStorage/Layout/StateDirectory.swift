import ArmProtocol
import ArmSync

/// The state directory: where everything in it is, and that it is ours.
struct StateDirectory: Sendable {
    let path: String
    let fileSystem: any FileSystem

    init(_ path: String, _ fileSystem: any FileSystem) {
        var path = path[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        self.path = path.isEmpty ? "." : String(path)
        self.fileSystem = fileSystem
    }

    var syncLock: String { "\(path)/sync.lock" }
    var server: String { "\(path)/server.json" }
    var documents: String { "\(path)/documents" }

    func folder(of key: DocumentKey) throws(StoreError) -> DocumentFolder {
        try DocumentFolder(key, in: documents)
    }

    /// Whether there is such a directory; throws where it is not one, or not ours.
    func isThere() throws(StoreError) -> Bool {
        guard !path.utf8.contains(0) else {
            throw StoreError(.failed, "the name of the state directory contains a NUL character")
        }
        guard let status = try status(of: path) else { return false }
        try checkOurs(status, path)
        return true
    }

    /// Makes the state directory, and what leads to it, where it is not there.
    func prepare() throws(StoreError) {
        if try isThere() { return }
        try make(path)
    }

    /// Makes the folder of a document, and what leads to it, where it is not there.
    func prepare(_ folder: DocumentFolder) throws(StoreError) {
        try prepare()
        for path in [documents, folder.applicationPath, folder.path] {
            if let status = try status(of: path) {
                try checkOurs(status, path)
            } else {
                try make(path)
            }
        }
    }

    /// Makes the names of a document's files and folders survive power loss, and those of all that
    /// may have been made to hold them.
    func syncNames(to folder: DocumentFolder) throws(FileSystemError) {
        for path in [folder.path, folder.applicationPath, documents, path] {
            try fileSystem.syncDirectory(path)
        }
        try syncName(of: path)
    }

    /// Makes the name of a directory survive power loss, and those that lead to it as far as they
    /// may be new: who made them may have been killed before it synced them.
    private func syncName(of path: String) throws(FileSystemError) {
        let parent = Self.parent(of: path)
        guard parent != path, let status = try fileSystem.status(of: parent) else { return }
        let isDirectory = status.kind == .directory
        if isDirectory, let child = try fileSystem.status(of: path),
            child.identity.device != status.identity.device
        {
            // Something is mounted here, so the name is older than all of ours; what it is in may
            // be read-only, or of a kind that cannot be synced.
            return
        }
        do throws(FileSystemError) {
            try fileSystem.syncDirectory(parent)
        } catch {
            // One we may pass but not open was not written by us.
            guard error.isDenied else { throw error }
            return
        }
        if isDirectory, status.owner == fileSystem.userID { try syncName(of: parent) }
    }

    /// Makes a directory and its parents, each name synced.
    private func make(_ path: String) throws(StoreError) {
        try attempting(orSaying: "the state directory cannot be made") {
            () throws(FileSystemError) in try makeAll(path)
        }
    }

    private func makeAll(_ path: String) throws(FileSystemError) {
        let parent = Self.parent(of: path)
        do throws(FileSystemError) {
            guard try fileSystem.makeDirectory(path) else { return }
        } catch {
            guard error.isMissing, parent != path else { throw error }
            try makeAll(parent)
            guard try fileSystem.makeDirectory(path) else { return }
        }
        try fileSystem.syncDirectory(parent)
    }

    private func status(of path: String) throws(StoreError) -> FileStatus? {
        try attempting(orSaying: "the state directory cannot be read") {
            () throws(FileSystemError) in try fileSystem.status(of: path)
        }
    }

    private func checkOurs(_ status: FileStatus, _ path: String) throws(StoreError) {
        switch status.kind {
        case .directory: break
        case .symbolicLink:
            throw StoreError(
                .failed,
                "\(path) is a symbolic link, and links are not followed; "
                    + "name the directory it leads to"
            )
        case .file, .other:
            throw StoreError(.failed, "\(path) is not a directory; move it away")
        }
        guard status.owner == fileSystem.userID else {
            throw StoreError(
                .failed,
                "\(path) belongs to another user (user id \(status.owner)); "
                    + "run this as that user, or name another state directory"
            )
        }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        let parent = path[..<slash]
        return parent.isEmpty ? "/" : String(parent)
    }
}
