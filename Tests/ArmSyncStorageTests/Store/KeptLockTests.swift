import ArmProtocol
import ArmSync
import ArmSyncStorage
import JSONDocument
import Testing

/// The lock of a document that a process keeps open from one edit to the next.
@Suite struct KeptLockTests {
    @Test(arguments: Place.Kind.allCases)
    func `it is held during each edit and given back after it`(kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        for number in 1...3 {
            #expect(try !place.isLockFree(during: store), "edit \(number)")
            #expect(try place.isLockFree, "after edit \(number)")
        }
    }

    @Test(arguments: Place.Kind.allCases)
    func `it is given back by an edit that was declined`(kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        for number in 1...3 {
            try store.set("x", JSONValue(integerLiteral: number))
            #expect(throws: UpdateError<Declined>.self) {
                try store.update(.sample, at: .noon) { (_) throws(Declined) in throw Declined() }
            }
            #expect(try place.isLockFree)
        }
    }

    @Test(arguments: Place.Kind.allCases)
    func `where its file was replaced the next edit holds the one that others take`(
        kind: Place.Kind
    ) throws {
        let place = try Place(kind)
        let store = place.store()
        try store.set("x", 1)
        try place.fileSystem.remove(place.lock)
        try place.store().set("x", 2)
        #expect(try !place.isLockFree(during: store))
        #expect(try place.store().state(of: .sample).sequence == 3)
    }

    @Test(arguments: Place.Kind.allCases, [false, true])
    func `where the state directory was taken away nothing is written to the old one`(
        kind: Place.Kind,
        isMadeAnew: Bool
    ) throws {
        let place = try Place(kind)
        let store = place.store()
        for number in 1...3 { try store.set("x", JSONValue(integerLiteral: number)) }
        let before = try place.bytes(place.journal)
        let away = "\(place.root)/away"
        try place.fileSystem.rename(place.stateDirectory, to: away)
        if isMadeAnew { try place.store().set("first", true) }
        #expect(try !place.isLockFree(during: store))
        let after = try place.store().state(of: .sample)
        #expect(after.localText == (isMadeAnew ? "{\"first\":true,\"held\":1}" : "{\"held\":1}"))
        #expect(try place.bytes("\(away)/documents/hodor/102/journal.jsonl") == before)
        #expect(try place.isLockFree)
    }
}

private struct Declined: Error, Hashable {}

extension Place {
    fileprivate var lock: String { "\(folder)/lock" }

    /// Whether another process would get the document's lock at once.
    fileprivate var isLockFree: Bool {
        get throws {
            let file = try fileSystem.open(lock, .appending)
            defer { file.unlock() }
            return try file.lock(waiting: false)
        }
    }

    /// The same while that store makes an edit.
    fileprivate func isLockFree(during store: JournalStore) throws -> Bool {
        var isFree = true
        try store.update(.sample, at: .noon) { state throws in
            isFree = try isLockFree
            return .setting("held", 1)
        }
        return isFree
    }
}
