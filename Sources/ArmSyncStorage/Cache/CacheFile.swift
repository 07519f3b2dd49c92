import ArmSync
import JSONDocument

/// `user_data.json`: the local document for other programs to read. Derived, never believed.
struct CacheFile: Sendable {
    /// What the file was when it was last looked at.
    struct Sight: Hashable, Sendable {
        var digest: CacheDigest
        var status: FileStatus?
    }

    let folder: DocumentFolder
    let fileSystem: any FileSystem

    /// What the file holds, where that is one of the contents expected, what a power cut left of
    /// one, or where there is no file; nil where somebody else made it.
    ///
    /// - Parameters:
    ///   - content: what the file should hold, looked at only where it holds something else.
    ///   - known: an earlier sight; a file that has not changed since is not read again.
    func look(
        for expected: [CacheDigest],
        content: () -> [UInt8]?,
        known: Sight? = nil
    ) throws(FileSystemError) -> Sight? {
        guard let status = try fileSystem.status(of: folder.cache) else {
            return Sight(digest: .absent, status: nil)
        }
        if let known, known.status == status, expected.contains(known.digest) { return known }
        guard status.kind == .file, status.owner == fileSystem.userID,
            status.length <= expected.compactMap(\.length).max() ?? 0,
            let bytes = try fileSystem.contents(of: folder.cache)
        else { return nil }
        let digest = CacheDigest(of: bytes)
        let isOurs = expected.contains(digest) || Self.isRemnant(bytes, of: content())
        return isOurs ? Sight(digest: digest, status: status) : nil
    }

    /// Whether bytes are what can be left of a file that got its name before its contents were on
    /// the disk: nothing, a part, or NULs. Nobody's work is lost with them.
    private static func isRemnant(_ bytes: [UInt8], of content: [UInt8]?) -> Bool {
        bytes.isEmpty || bytes.last == 0 || (content?.starts(with: bytes) ?? false)
    }

    /// Gives the file that content, without a sync: what a crash takes is derived anew.
    func write(_ bytes: [UInt8]?) throws(FileSystemError) -> Sight {
        guard let bytes else {
            try fileSystem.removeIfThere(folder.cache)
            return Sight(digest: .absent, status: nil)
        }
        try fileSystem.replace(
            folder.cache,
            with: bytes,
            aside: folder.newCache,
            permissions: 0o400,
            durable: false
        )
        let status = try fileSystem.status(of: folder.cache)
        return Sight(digest: CacheDigest(of: bytes), status: status)
    }

    /// Puts a file that somebody changed under another name, and returns that.
    func putAside(at time: Timestamp) throws(FileSystemError) -> String {
        let wanted = folder.changedCache(at: time)
        var path = wanted
        var number = 1
        while try fileSystem.status(of: path) != nil {
            number += 1
            path = "\(wanted)-\(number)"
        }
        try fileSystem.rename(folder.cache, to: path)
        return path
    }
}

extension Content {
    /// What the cache file holds for this local document.
    var cacheBytes: [UInt8] { value.serialized(.indented) + [UInt8(ascii: "\n")] }
}
