import DiskSimulation
import ArmProtocol
import ArmSync
import ArmSyncStorage
import Foundation
import JSONDocument
import Testing

/// Disks that are full, failing, read-only, or somebody else's.
@Suite struct FailureTests {
    static let faults: [(operation: FileSystemError.Operation, path: String, number: Int32)] = [
        (.write, "journal.jsonl", ENOSPC), (.sync, "journal.jsonl", EIO),
        (.sync, "journal.jsonl", EDQUOT), (.sync, "journal.jsonl", EINTR),
        (.write, "journal.jsonl", EIO), (.write, "journal.jsonl", EROFS),
        (.status, "journal.jsonl", EIO),
        (.open, "lock", EMFILE), (.lock, "lock", EIO), (.syncDirectory, "102", EIO),
    ]

    @Test(arguments: faults, [1, 2])
    func anEditThatCannotBeStoredIsRefusedAndLeavesNoTrace(
        _ fault: (operation: FileSystemError.Operation, path: String, number: Int32),
        _ edits: Int
    ) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let store = place.store()
        for number in 0..<edits { try store.set("n\(number)", 1) }
        // Names are synced only before a second record, and by whoever did not write the first;
        // the lock is opened once by each process.
        let isOfNewcomers = fault.operation == .syncDirectory || fault.operation == .open
        let writer = isOfNewcomers ? place.store() : store
        if fault.operation == .syncDirectory && edits > 1 { return }
        let before = try place.bytes(place.journal)
        simulated.fail(fault.operation, on: fault.path, with: fault.number)
        let error = try #require(throws: UpdateError<Never>.self) { try writer.set("y", 1) }
        guard case .failed(let cause) = error else { throw error }
        #expect(cause.code == .failed)
        #expect(cause.message.contains(String(cString: strerror(fault.number))))
        #expect(cause.message.contains(place.folder))
        #expect(try place.bytes(place.journal) == before)
        #expect(try place.store().state(of: .sample).sequence == edits)
        #expect(try writer.set("y", 2).sequence == edits + 1)
        #expect(try place.store().state(of: .sample).localText?.contains("\"y\":2") == true)
        #expect(place.notices.isEmpty)
    }

    @Test func aWriteInPartsIsOneRecord() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        simulated.shortenWrite(on: "journal.jsonl")
        let state = try place.store().set("x", 1)
        #expect(try place.store().state(of: .sample) == state)
    }

    @Test func aFullDiskAfterAPartIsCutBack() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1)
        let before = try place.bytes(place.journal)
        simulated.shortenWrite(on: "journal.jsonl")
        simulated.fail(.write, on: "journal.jsonl", with: ENOSPC)
        let error = try #require(throws: UpdateError<Never>.self) { try place.store().set("x", 2) }
        guard case .failed(let cause) = error else { throw error }
        #expect(
            cause.message == "the edit was not stored: No space left on device (\(place.journal)); "
                + "free some space there and try again"
        )
        #expect(try place.bytes(place.journal) == before)
    }

    @Test func whatCannotBeCutBackIsATornTailForTheNext() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let store = place.store()
        try store.set("x", 1)
        simulated.shortenWrite(on: "journal.jsonl")
        simulated.fail(.write, on: "journal.jsonl", with: ENOSPC)
        simulated.fail(.truncate, on: "journal.jsonl", with: EIO)
        #expect(throws: UpdateError<Never>.self) { try store.set("x", 2) }
        #expect(try store.state(of: .sample).localText == "{\"x\":1}")
        #expect(try store.set("x", 3).sequence == 2)
        #expect(try place.bytes("\(place.folder)/journal.torn-1") != nil)
    }

    @Test(arguments: [
        (FileSystemError.Operation.open, "journal.jsonl.new"), (.write, "journal.jsonl.new"),
        (.sync, "journal.jsonl.new"), (.rename, "journal.jsonl.new"), (.syncDirectory, "102"),
    ])
    func aCompactionThatFailsChangesNothing(
        _ operation: FileSystemError.Operation,
        _ path: String
    ) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 300 << 10)))
        let store = place.store()
        let before = try store.set("big", big)
        simulated.fail(operation, on: path, with: ENOSPC)
        #expect(throws: UpdateError<Never>.self) { try store.set("x", 1) }
        #expect(try place.store().state(of: .sample) == before)
        #expect(try place.bytes("\(place.folder)/journal.jsonl.new") == nil)
        #expect(try store.set("x", 2).sequence == 2)
        #expect(try place.store().state(of: .sample).local?.value["big"] == big)
    }

    @Test(arguments: Place.Kind.allCases)
    func whatACrashedCompactionLeftIsReplaced(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 300 << 10)))
        try place.store().set("big", big)
        let path = "\(place.folder)/journal.jsonl.new"
        _ = try place.fileSystem.open(path, .creating(permissions: 0o600)).write([1, 2, 3])
        try place.store().set("x", 1)
        #expect(try place.bytes(path) == nil)
        #expect(try place.store().state(of: .sample).local?.value["x"] == 1)
    }

    @Test(arguments: Place.Kind.allCases)
    func aFileInPlaceOfTheStateDirectoryIsNamed(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        _ = try place.fileSystem.open(place.stateDirectory, .creating(permissions: 0o600))
        for action in [
            { _ = try place.store().keys() }, { _ = try place.store().state(of: .sample) },
            { try place.store().remember(ServerStanding()) }, { _ = try place.store().lockSync() },
        ] as [() throws -> Void] {
            let error = try #require(throws: StoreError.self) { try action() }
            #expect(
                error
                    == StoreError(
                        .failed,
                        "\(place.stateDirectory) is not a directory; move it away"
                    )
            )
        }
    }

    /// Its folder may have been restored by another user: its own trouble, and no other document's.
    @Test(arguments: [EACCES, EIO])
    func aDocumentThatCannotBeLookedAtIsListedAndHidesNoOther(_ number: Int32) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let other = DocumentKey(application: "other")
        try place.store().set("x", 1)
        try place.store().set("x", 1, of: other)
        simulated.fail(.status, on: "hodor/102/journal.jsonl", with: number)
        #expect(try place.store().keys() == [.sample, other])
    }

    @Test(arguments: [EACCES, EIO])
    func anApplicationThatCannotBeListedIsListedItselfAndHidesNoOther(_ number: Int32) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let (hidden, other) = (
            DocumentKey(application: "hodor"), DocumentKey(application: "other", agent: "7")
        )
        try place.store().set("x", 1)
        try place.store().set("x", 1, of: other)
        let store = place.store()
        simulated.fail(.list, on: "documents/hodor", with: number)
        #expect(try store.keys() == [hidden, other])
        simulated.fail(.list, on: "documents/hodor", with: number)
        let error = try #require(throws: StoreError.self) { try store.state(of: hidden) }
        #expect(error.code == .failed)
        #expect(error.message.hasPrefix("the application's documents cannot be listed: "))
        #expect(try store.state(of: other).local?.value["x"] == 1)
    }

    @Test func aStateDirectoryOfSomebodyElseIsRefused() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        simulated.place(.directory, at: place.stateDirectory, owner: 7)
        let error = try #require(throws: StoreError.self) { try place.store().keys() }
        #expect(error.code == .failed)
        #expect(error.message.contains("belongs to another user (user id 7)"))
    }

    @Test(arguments: ["state", "state/documents", "state/documents/hodor"])
    func aLinkInPlaceOfAFolderIsNotFollowed(_ name: String) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1, of: DocumentKey(application: "other"))
        let path = "\(place.root)/\(name)"
        simulated.place(.symbolicLink, at: path)
        let error = try #require(throws: UpdateError<Never>.self) { try place.store().set("x", 1) }
        guard case .failed(let cause) = error else { throw error }
        #expect(cause.message.hasPrefix("\(path) is a symbolic link"))
    }

    @Test func aDirectoryThatMayNotBeWrittenSaysWhatToDo() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        simulated.fail(.makeDirectory, on: "state", with: EACCES)
        let error = try #require(throws: UpdateError<Never>.self) { try place.store().set("x", 1) }
        guard case .failed(let cause) = error else { throw error }
        #expect(
            cause.message
                == "the state directory cannot be made: Permission denied (\(place.stateDirectory)); "
                + "make the directory yours and writable, or name another state directory"
        )
    }
}
