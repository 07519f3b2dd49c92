private import Glibc

/// Most bytes read by one call.
private let readLimit = 1 << 20

/// Bytes by which a file may have grown since its length was asked for.
private let growth = 1 << 12

extension OpenFile {
    /// Everything from an offset to the end.
    ///
    /// - Parameter length: of the whole file, where somebody has just asked for it.
    func readAll(from offset: Int = 0, of length: Int? = nil) throws(FileSystemError) -> [UInt8] {
        let length = if let length { length } else { try status().length }
        let expected = max(0, length - offset)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expected)
        while true {
            // One byte more than expected finds the end of a file that has not grown in one call;
            // one that has is read on in pieces worth a call.
            let wanted = min(readLimit, max(expected - bytes.count, growth) + 1)
            let piece = try read(at: offset + bytes.count, count: wanted)
            if piece.isEmpty { return bytes }
            bytes += piece
            if piece.count < wanted && bytes.count >= expected { return bytes }
        }
    }

    /// Appends all of the bytes. A full disk takes a part first and fails only then.
    func append(_ bytes: [UInt8]) throws(FileSystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let taken = try write(rest)
            if taken <= 0 { throw FileSystemError(.write, path, ENOSPC) }
            rest = rest.dropFirst(taken)
        }
    }
}

extension FileSystem {
    /// Opens a file to append to, and makes an empty one where there is none.
    ///
    /// Another process may make or remove it between two looks; then the look is repeated, a few
    /// times, since nobody does that for long.
    func openOrCreate(_ path: String, permissions: UInt32) throws(FileSystemError) -> any OpenFile {
        var tries = 0
        while true {
            tries += 1
            do throws(FileSystemError) {
                return try open(path, .appending)
            } catch {
                guard error.isMissing else { throw error }
            }
            do throws(FileSystemError) {
                return try open(path, .creating(permissions: permissions))
            } catch {
                guard error.isExisting, tries < 5 else { throw error }
            }
        }
    }

    /// Puts a file of those bytes in the place of another, at once and as a whole.
    ///
    /// - Parameter durable: whether the bytes are synced before the name is theirs. The directory
    ///   is left to the caller.
    func replace(
        _ path: String,
        with bytes: [UInt8],
        aside: String,
        permissions: UInt32,
        durable: Bool
    ) throws(FileSystemError) {
        do throws(FileSystemError) {
            let file = try create(aside, permissions: permissions)
            try file.append(bytes)
            if durable { try file.sync() }
            try rename(aside, to: path)
        } catch {
            try? removeIfThere(aside)
            throw error
        }
    }

    /// Makes a file, in place of one left by a crash, which nobody will come back for.
    private func create(
        _ path: String,
        permissions: UInt32
    ) throws(FileSystemError) -> any OpenFile {
        do throws(FileSystemError) {
            return try open(path, .creating(permissions: permissions))
        } catch {
            guard error.isExisting else { throw error }
        }
        try removeIfThere(path)
        return try open(path, .creating(permissions: permissions))
    }

    func removeIfThere(_ path: String) throws(FileSystemError) {
        do throws(FileSystemError) {
            try remove(path)
        } catch {
            guard error.isMissing else { throw error }
        }
    }

    /// Everything a file holds; nil where there is none.
    func contents(of path: String) throws(FileSystemError) -> [UInt8]? {
        do throws(FileSystemError) {
            return try open(path, .reading).readAll()
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
    }
}
