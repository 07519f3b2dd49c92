import ArmSyncStorage
import Foundation
import Testing

/// Serialized because the umask belongs to the whole process.
@Suite(.serialized) struct PosixFileSystemTests {
    @Test(arguments: [mode_t(0), 0o077, 0o777])
    func permissionsAreAsAskedWhateverTheUmask(_ mask: mode_t) throws {
        let place = try Place(.real)
        let before = umask(mask)
        defer { umask(before) }
        let file = try place.fileSystem.open("\(place.root)/a", .creating(permissions: 0o600))
        #expect(try file.status().permissions == 0o600)
        _ = try place.fileSystem.makeDirectory("\(place.root)/d")
        #expect(try place.fileSystem.status(of: "\(place.root)/d")?.permissions == 0o700)
    }

    @Test func aSymbolicLinkIsNotFollowed() throws {
        let place = try Place(.real)
        let (target, link) = ("\(place.root)/target", "\(place.root)/link")
        _ = try place.fileSystem.open(target, .creating(permissions: 0o600))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        for mode in [OpenMode.reading, .appending] {
            #expect(throws: FileSystemError(.open, link, ELOOP)) {
                try place.fileSystem.open(link, mode)
            }
        }
        #expect(throws: FileSystemError(.open, link, EEXIST)) {
            try place.fileSystem.open(link, .creating(permissions: 0o600))
        }
        #expect(try place.fileSystem.status(of: link)?.kind == .symbolicLink)
    }

    @Test(.enabled(if: getuid() == 0, "giving a file away takes root"))
    func aFileOfSomebodyElseIsRefused() throws {
        let place = try Place(.real)
        let path = "\(place.root)/a"
        _ = try place.fileSystem.open(path, .creating(permissions: 0o600))
        try #require(chown(path, 1234, 1234) == 0)
        #expect(throws: FileSystemError(.open, path, EPERM)) {
            try place.fileSystem.open(path, .reading)
        }
    }

    @Test func aPipeIsNoFile() throws {
        let place = try Place(.real)
        let path = "\(place.root)/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: FileSystemError(.open, path, EINVAL)) {
            try place.fileSystem.open(path, .reading)
        }
    }

    @Test func openFilesAreNotInherited() throws {
        let place = try Place(.real)
        let path = "\(place.root)/a"
        let file = try place.fileSystem.open(path, .creating(permissions: 0o600))
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            .compactMap { Int32($0) }
        var flags: [Int32] = []
        for descriptor in descriptors {
            var status = stat()
            guard fstat(descriptor, &status) == 0,
                status.st_ino == (try file.status()).identity.number
            else { continue }
            flags.append(fcntl(descriptor, F_GETFD))
        }
        #expect(flags == [FD_CLOEXEC])
    }

    @Test func aFailureIsToldInPlainWords() {
        let error = FileSystemError(.write, "/state", ENOSPC)
        #expect(error.reason == "No space left on device")
    }
}
