import ArmSyncStorage
import Foundation
import Testing

/// What journals build on, for the real file system and the simulated one alike.
@Suite struct FileSystemContractTests {
    @Test(arguments: Place.Kind.allCases)
    func whatIsAppendedIsReadBack(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let file = try place.fileSystem.open("\(place.root)/a", .creating(permissions: 0o600))
        #expect(try file.write([1, 2, 3]) == 3)
        let again = try place.fileSystem.open("\(place.root)/a", .appending)
        #expect(try again.write([4]) == 1)
        #expect(try file.read(at: 1, count: 9) == [2, 3, 4])
        #expect(try file.read(at: 4, count: 9) == [])
        try file.sync()
        #expect(try file.status().length == 4)
        #expect(try file.status().identity == again.status().identity)
    }

    @Test(arguments: Place.Kind.allCases)
    func appendingGoesOnAtTheNewEndAfterATruncation(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let file = try place.fileSystem.open("\(place.root)/a", .creating(permissions: 0o600))
        _ = try file.write([1, 2, 3])
        try file.truncate(to: 1)
        _ = try file.write([9])
        #expect(try file.read(at: 0, count: 9) == [1, 9])
    }

    @Test(arguments: Place.Kind.allCases)
    func whoLooksSeesNewPermissionsAtOnceAndWhoHasTheFileOpenGoesOn(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/a"
        let file = try place.fileSystem.open(path, .creating(permissions: 0o600))
        try file.setPermissions(0o400)
        #expect(try place.fileSystem.status(of: path)?.permissions == 0o400)
        #expect(try place.fileSystem.open(path, .reading).status().permissions == 0o400)
        _ = try file.write([1])
        try file.truncate(to: 0)
        try file.setPermissions(0o600)
        #expect(try place.fileSystem.status(of: path)?.permissions == 0o600)
    }

    @Test(arguments: Place.Kind.allCases)
    func whatATruncationAddsIsZero(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let file = try place.fileSystem.open("\(place.root)/a", .creating(permissions: 0o600))
        _ = try file.write([1])
        try file.truncate(to: 3)
        #expect(try file.read(at: 0, count: 9) == [1, 0, 0])
    }

    @Test(arguments: Place.Kind.allCases)
    func anOpenFileOutlivesItsName(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/a"
        let file = try place.fileSystem.open(path, .creating(permissions: 0o600))
        try place.fileSystem.remove(path)
        _ = try file.write([1])
        try file.sync()
        #expect(try file.read(at: 0, count: 9) == [1])
        let other = try place.fileSystem.open(path, .creating(permissions: 0o600))
        #expect(try other.status().length == 0)
        #expect(try other.status().identity != file.status().identity)
    }

    @Test(arguments: Place.Kind.allCases)
    func creatingRefusesANameThatIsTaken(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/a"
        _ = try place.fileSystem.open(path, .creating(permissions: 0o600))
        #expect(throws: FileSystemError(.open, path, EEXIST)) {
            try place.fileSystem.open(path, .creating(permissions: 0o600))
        }
    }

    @Test(arguments: Place.Kind.allCases)
    func openingWhatIsNotThereSaysSo(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/none/a"
        for mode in [OpenMode.reading, .appending] {
            #expect(throws: FileSystemError(.open, path, ENOENT)) {
                try place.fileSystem.open(path, mode)
            }
        }
        #expect(try place.fileSystem.status(of: path) == nil)
    }

    @Test(arguments: Place.Kind.allCases)
    func aDirectoryIsNoFileAndAFileNoDirectory(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/a"
        #expect(throws: FileSystemError(.open, place.root, EISDIR)) {
            try place.fileSystem.open(place.root, .reading)
        }
        _ = try place.fileSystem.open(path, .creating(permissions: 0o600))
        #expect(throws: FileSystemError(.list, path, ENOTDIR)) {
            try place.fileSystem.names(in: path)
        }
        #expect(throws: FileSystemError(.makeDirectory, "\(path)/b", ENOTDIR)) {
            try place.fileSystem.makeDirectory("\(path)/b")
        }
    }

    @Test(arguments: Place.Kind.allCases)
    func aDirectoryIsMadeOnceAndForItsOwnerAlone(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/d"
        #expect(try place.fileSystem.makeDirectory(path))
        #expect(try !place.fileSystem.makeDirectory(path))
        let status = try #require(try place.fileSystem.status(of: path))
        #expect(status.kind == .directory)
        #expect(status.permissions == 0o700)
        #expect(status.owner == place.fileSystem.userID)
        try place.fileSystem.syncDirectory(path)
    }

    @Test(arguments: Place.Kind.allCases)
    func renamingReplacesAndKeepsWhichFileItIs(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let (old, new) = ("\(place.root)/old", "\(place.root)/new")
        let replaced = try place.fileSystem.open(old, .creating(permissions: 0o600))
        let file = try place.fileSystem.open(new, .creating(permissions: 0o400))
        try place.fileSystem.rename(new, to: old)
        let status = try #require(try place.fileSystem.status(of: old))
        #expect(status.identity == (try file.status().identity))
        #expect(status.identity != (try replaced.status().identity))
        #expect(status.permissions == 0o400)
        #expect(try place.fileSystem.names(in: place.root) == ["old"])
        try place.fileSystem.remove(old)
        #expect(try place.fileSystem.names(in: place.root) == [])
        #expect(throws: FileSystemError(.remove, old, ENOENT)) {
            try place.fileSystem.remove(old)
        }
        #expect(throws: FileSystemError(.rename, old, ENOENT)) {
            try place.fileSystem.rename(old, to: new)
        }
    }

    @Test(arguments: Place.Kind.allCases)
    func aLockKeepsOutEveryOtherOpenFileUntilItIsGivenBack(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/lock"
        let first = try place.fileSystem.open(path, .creating(permissions: 0o600))
        let second = try place.fileSystem.open(path, .appending)
        #expect(try first.lock(waiting: true))
        #expect(try !second.lock(waiting: false))
        first.unlock()
        #expect(try second.lock(waiting: false))
        #expect(try !first.lock(waiting: false))
    }

    @Test(arguments: Place.Kind.allCases)
    func aLockEndsWithTheOpenFile(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/lock"
        let other = try place.fileSystem.open(path, .creating(permissions: 0o600))
        do {
            let file = try place.fileSystem.open(path, .appending)
            #expect(try file.lock(waiting: false))
            #expect(try !other.lock(waiting: false))
        }
        #expect(try other.lock(waiting: false))
    }

    @Test(arguments: Place.Kind.allCases)
    func aRewrittenFileLooksDifferent(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let path = "\(place.root)/a"
        let file = try place.fileSystem.open(path, .creating(permissions: 0o600))
        _ = try file.write([1])
        let before = try place.fileSystem.status(of: path)
        try place.overwrite(path, [1, 2])
        #expect(try place.fileSystem.status(of: path) != before)
    }
}
