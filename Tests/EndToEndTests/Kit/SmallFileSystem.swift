import Foundation
import Glibc

/// A file system in memory that is soon full; gone with this object.
final class SmallFileSystem {
    private static let pageSize = 4096

    let path: String

    init(at path: String, size: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(size),nr_inodes=256,mode=0700") == 0 else {
            let reason = String(cString: strerror(errno))
            rmdir(path)
            throw Unexpected(description: "\(path) cannot be mounted: \(reason)")
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    /// Takes all room but so many pages.
    func fill(leavingPages pages: Int) throws {
        let descriptor = open(filler("pages"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let page = [UInt8](repeating: 0, count: Self.pageSize)
        var count = 0
        while write(descriptor, page, page.count) == page.count { count += 1 }
        guard errno == ENOSPC, count >= pages,
            ftruncate(descriptor, (count - pages) * Self.pageSize) == 0
        else { throw Unexpected(description: "\(path) cannot be filled") }
    }

    /// Takes all names but so many.
    func fill(leavingFiles files: Int) throws {
        var count = 0
        while case let descriptor = open(filler(count), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600),
            descriptor >= 0
        {
            close(descriptor)
            count += 1
        }
        guard errno == ENOSPC, count >= files else {
            throw Unexpected(description: "\(path) cannot be crowded")
        }
        for number in 0..<files { unlink(filler(number)) }
    }

    /// Gives back what was taken.
    func empty() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where name.hasPrefix("filler-") {
            unlink("\(path)/\(name)")
        }
    }

    func makeReadOnly(_ isReadOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
        guard mount("tmpfs", path, "tmpfs", flags, nil) == 0 else {
            throw Unexpected(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    private func filler(_ name: some CustomStringConvertible) -> String { "\(path)/filler-\(name)" }
}
