import ArmProtocol
import ArmSync
import ArmSyncStorage
import Foundation
import JSONDocument
import Testing

@Suite struct JournalStoreTests {
    @Test(arguments: Place.Kind.allCases)
    func aJournalLineIsAnObjectThatBeginsWithItsCheckSum(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        try place.store().set("x", 1)
        let text = String(decoding: try #require(try place.bytes(place.journal)), as: UTF8.self)
        #expect(
            text.dropFirst(18) == """
                "version":1,"sequence":1,"time":"2026-09-21T14:13:20.000Z","type":"edit",\
                "event":"edited","cache":"13-70e3df34","cache_before":"absent",\
                "author":"test","patch":[{"op":"add","path":"/x","value":1}]}

                """
        )
        #expect(try JSONValue(parsing: text)["crc"]?.text?.utf8.count == 8)
    }

    @Test(arguments: Place.Kind.allCases)
    func filesAndFoldersAreForTheirOwnerAlone(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        try store.set("x", 1)
        try store.remember(ServerStanding())
        let lock = try store.lockSync()
        defer { lock.unlock() }
        let expected: [(String, UInt32)] = [
            (place.stateDirectory, 0o700), ("\(place.stateDirectory)/documents", 0o700),
            ("\(place.stateDirectory)/documents/hodor", 0o700), (place.folder, 0o700),
            (place.journal, 0o600), ("\(place.folder)/lock", 0o600), (place.cache, 0o400),
            ("\(place.stateDirectory)/server.json", 0o600),
            ("\(place.stateDirectory)/sync.lock", 0o600),
        ]
        for (path, permissions) in expected {
            #expect(try place.fileSystem.status(of: path)?.permissions == permissions, "\(path)")
        }
        #expect(
            try place.fileSystem.names(in: place.folder).sorted()
                == ["journal.jsonl", "lock", "user_data.json"]
        )
    }

    @Test(arguments: Place.Kind.allCases)
    func twoStoresOnOneDirectorySeeEachOthersEdits(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let (one, two) = (place.store(), place.store())
        for number in 1...20 {
            let store = number.isMultiple(of: 3) ? two : one
            let state = try store.set("n\(number)", 1)
            #expect(state.sequence == number)
            #expect(try one.state(of: .sample) == state)
            #expect(try two.state(of: .sample) == state)
        }
        #expect(try one.state(of: .sample).local?.value.object?.count == 20)
    }

    @Test(arguments: Place.Kind.allCases)
    func aCompactionByOneStoreIsNoticedByTheOther(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let (one, two) = (place.store(), place.store())
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 200 << 10)))
        for number in 1...12 {
            let state = try (number.isMultiple(of: 2) ? one : two).set("n", big)
            #expect(state.sequence == number)
            try one.set("n", 0, of: DocumentKey(application: "other"))
        }
        #expect(try place.store().state(of: .sample) == two.state(of: .sample))
        #expect(try #require(try place.bytes(place.journal)).count < 1 << 20)
    }

    @Test(arguments: Place.Kind.allCases)
    func editsOfEightTasksAtOnceAllArrive(_ kind: Place.Kind) async throws {
        let place = try Place(kind)
        let stores = [place.store(), place.store()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<10 { try stores[task % 2].set("\(task)-\(number)", 1) }
                }
            }
            try await group.waitForAll()
        }
        let state = try place.store().state(of: .sample)
        #expect(state.sequence == 80)
        #expect(state.local?.value.object?.count == 80)
        #expect(place.notices.isEmpty)
    }

    @Test func moreDocumentsThanAreKeptOpenAllKeepTheirEdits() throws {
        let place = try Place(.simulated)
        let store = place.store()
        for round in 1...2 {
            for number in 0..<100 {
                let key = DocumentKey(application: "\(number)")
                #expect(
                    try store.set("x", JSONValue(integerLiteral: round), of: key).sequence == round
                )
            }
        }
        #expect(try store.keys().count == 100)
    }

    @Test(arguments: Place.Kind.allCases)
    func manyEditsTakeNoMoreRoomThanAFew(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        let count = kind == .real ? 3_000 : 20_000
        for number in 1...count { try store.set("x", JSONValue(integerLiteral: number)) }
        var room = 0
        for name in try place.fileSystem.names(in: place.folder) {
            room += try place.fileSystem.status(of: "\(place.folder)/\(name)")?.length ?? 0
        }
        #expect(room < 600 << 10)
        let state = try place.store().state(of: .sample)
        #expect(state.local?.value == ["x": JSONValue(integerLiteral: count)])
        #expect(state.sequence == count)
        #expect(state.pendingEdits == count)
        let history = try store.history(of: .sample)
        #expect(history.totals == [.edited: count])
        #expect(history.events.map(\.sequence) == Array(count - 199...count))
    }

    @Test(arguments: Place.Kind.allCases)
    func compactionKeepsStateHistoryAndWhatTheCacheFileHolds(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 300 << 10)))
        try place.store().set("big", big)
        let before = try place.store().state(of: .sample)
        let cache = try place.bytes(place.cache)
        let after = try place.store().update(.sample, at: .noon) { (state) throws(Never) in
            // The journal has been written anew by now.
            #expect(state == before)
            return nil
        }
        #expect(after == before)
        let lines = try #require(try place.bytes(place.journal)).split(separator: 10)
        #expect(lines.count == 1)
        let line = try JSONValue(parsing: Array(try #require(lines.first)))
        #expect(line["type"] == "snapshot")
        #expect(line["event"] == "compacted")
        #expect(line["sequence"] == 1)
        #expect(line["totals"] == ["edited": 1])
        #expect(try place.store().state(of: .sample) == before)
        #expect(try place.store().history(of: .sample).events.map(\.event) == [.edited])
        try place.store().set("x", 2)
        #expect(try place.store().history(of: .sample).totals == [.edited: 2])
        #expect(try place.bytes(place.cache) != cache)
        #expect(place.notices.isEmpty)
    }

    @Test(arguments: Place.Kind.allCases)
    func aDocumentAsDeepAsDocumentsMayBeIsReadBack(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        var deep: JSONValue = 1
        for _ in 1..<JSONValue.depthLimit { deep = [deep] }
        var state = DocumentState()
        state.base = .value(Content(value: [deep], form: .json))
        state.local = Content(value: deep, form: .json)
        state.sent = Sent(content: Content(value: [deep, 1], form: .json), time: .noon, edits: [])
        let snapshot = state
        try place.store().update(.sample, at: .noon) { (_) throws(Never) in
            Record(.snapshot(snapshot), event: .read)
        }
        #expect(try place.store().state(of: .sample).local == state.local)
    }

    @Test(arguments: Place.Kind.allCases)
    func whatIsNotOursIsNotListed(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        try place.store().set("x", 1)
        let documents = "\(place.stateDirectory)/documents"
        for name in ["%41", ".git", "empty", "empty/_", "hodor/%zz"] {
            _ = try place.fileSystem.makeDirectory("\(documents)/\(name)")
        }
        _ = try place.fileSystem.open("\(documents)/file", .creating(permissions: 0o600))
        _ = try place.fileSystem.open(
            "\(documents)/empty/_/journal.jsonl",
            .creating(permissions: 0o600)
        )
        #expect(try place.store().keys() == [.sample])
        #expect(try place.store().state(of: DocumentKey(application: "empty")) == DocumentState())
    }

    @Test(arguments: [
        DocumentKey(application: ""), DocumentKey(application: "a", agent: ""),
        DocumentKey(application: String(repeating: "й", count: 2048)),
    ])
    func anIdThatCannotNameAFolderIsRefused(_ key: DocumentKey) throws {
        let place = try Place(.simulated)
        let error = try #require(throws: StoreError.self) { try place.store().state(of: key) }
        #expect(error.code == .unusableID)
        #expect(error.message.contains("id is empty") || error.message.contains("4096 bytes"))
        #expect(throws: UpdateError<Never>.self) { try place.store().set("x", 1, of: key) }
        #expect(try place.fileSystem.names(in: place.root) == [])
    }

    @Test(arguments: [Int64.min, -62_135_596_800_001, -1, 0, 253_402_300_800_000, Int64.max])
    func aClockThatIsFarOffCostsNoDocument(_ milliseconds: Int64) throws {
        let place = try Place(.simulated)
        let time = Timestamp(milliseconds: milliseconds)
        for _ in 1...2 {
            let state = try place.store(limits: JournalLimits(tail: 0, journal: 0))
                .update(.sample, at: time) { (_) throws(Never) in .setting("x", 1) }
            #expect(try place.store().state(of: .sample) == state)
        }
    }

    @Test func aBusySyncIsNamedByItsProcess() throws {
        let place = try Place(.simulated)
        let lock = try place.store(processID: 1234).lockSync()
        let error = try #require(throws: StoreError.self) { try place.store().lockSync() }
        #expect(
            error == StoreError(.busy(processID: 1234), "another sync is running (process 1234)")
        )
        lock.unlock()
        try place.overwrite("\(place.stateDirectory)/sync.lock", Array("99999999999999999".utf8))
        let next = try place.store().lockSync()
        defer { next.unlock() }
        #expect(throws: StoreError.self) { try place.store().lockSync() }
    }

    @Test(arguments: ["", "{", "[]", "\u{0}\u{0}", "{\"binding\":3}", "{\"trouble\":{}}"])
    func aServerFileThatIsNotOursCountsAsNothingKnown(_ text: String) throws {
        let place = try Place(.simulated)
        try place.store().remember(ServerStanding(lastContactAt: .noon))
        try place.overwrite("\(place.stateDirectory)/server.json", Array(text.utf8))
        #expect(place.store().serverStanding() == ServerStanding())
    }
}
