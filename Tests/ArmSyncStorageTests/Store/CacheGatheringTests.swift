import DiskSimulation
import ArmSync
import ArmSyncStorage
import JSONDocument
import Synchronization
import Testing

/// `user_data.json` of a process that makes many edits, which writes it now and then.
@Suite struct CacheGatheringTests {
    @Test(arguments: Place.Kind.allCases)
    func `the first edit reaches the file at once and the others when the window ends`(
        kind: Place.Kind
    ) throws {
        let place = try Place(kind)
        let windows = Windows()
        let store = place.store(gathering: windows.gathering)
        try store.set("x", 1)
        try store.set("x", 2)
        try store.set("x", 3)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 1\n}\n".utf8))
        windows.end()
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 3\n}\n".utf8))
        #expect(place.notices.isEmpty)
    }

    @Test func `an edit after the window reaches the file at once`() throws {
        let place = try Place(.simulated)
        let windows = Windows()
        let store = place.store(gathering: windows.gathering)
        try store.set("x", 1)
        try store.set("x", 2, at: .noon + .milliseconds(99))
        try store.set("x", 3, at: .noon + .milliseconds(100))
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 3\n}\n".utf8))
        // That window's end has nothing left to do: what is written again is a change.
        let before = try place.fileSystem.status(of: place.cache)
        windows.end()
        #expect(try place.fileSystem.status(of: place.cache) == before)
    }

    @Test func `a clock that was set back delays no file`() throws {
        let place = try Place(.simulated)
        let store = place.store(gathering: Windows().gathering)
        try store.set("x", 1)
        try store.set("x", 2, at: Timestamp(milliseconds: 0))
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 2\n}\n".utf8))
    }

    @Test func `what is no edit reaches the file at once`() throws {
        let place = try Place(.simulated)
        let store = place.store(gathering: Windows().gathering)
        try store.set("x", 1)
        try store.set("x", 2)
        try store.commit(.sample, at: .noon) { state in
            var next = state
            next.local?.value = ["x": 9]
            return Record(.snapshot(next), event: .takenOver)
        }
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 9\n}\n".utf8))
    }

    @Test func `the end of a store leaves no file behind`() throws {
        let place = try Place(.simulated)
        var store: JournalStore? = place.store(gathering: Windows().gathering)
        try store?.set("x", 1)
        try store?.set("x", 2)
        store = nil
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 2\n}\n".utf8))
    }

    @Test(arguments: [false, true])
    func `another process takes a file for ours, refreshed or left behind`(
        isRefreshed: Bool
    ) throws {
        let place = try Place(.simulated)
        let windows = Windows()
        var store: JournalStore? = place.store(gathering: windows.gathering)
        for number in 1...3 { try store?.set("x", JSONValue(integerLiteral: number)) }
        if isRefreshed { windows.end() }
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 3\n}\n".utf8))
        try place.store().set("x", 4)
        try store?.set("x", 5)
        store = nil
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 5\n}\n".utf8))
        #expect(place.notices.isEmpty)
    }

    @Test func `what a person made of a file left behind is put aside`() throws {
        let place = try Place(.simulated)
        let store = place.store(gathering: Windows().gathering)
        try store.set("x", 1)
        try store.set("x", 2)
        try place.overwrite(place.cache, Array("mine\n".utf8))
        try store.set("x", 3)
        #expect(place.notices.map(\.kind) == [.cacheChanged])
    }

    @Test func `nothing a kill leaves is taken for what a person made`() throws {
        var stop = 0
        var isThrough = false
        while !isThrough {
            let place = try Place(.simulated)
            let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
            let windows = Windows()
            simulated.stop(afterEffects: stop)
            // Small limits, so that the journal is written anew while the file is behind, too.
            let limits = JournalLimits(tail: 512, journal: 512)
            let store = place.store(limits: limits, gathering: windows.gathering)
            var done = 0
            while done < 9, (try? store.set("x", JSONValue(integerLiteral: done + 1))) != nil {
                done += 1
                if done % 4 == 0 { windows.end() }
            }
            isThrough = done == 9
            simulated.crash(.kill)
            let after = try place.store().set("after", true)
            let when: Comment = "stopped after \(stop) changes"
            #expect(after.local?.value["x"]?.int ?? 0 >= done, when)
            #expect(!place.notices.contains { $0.kind == .cacheChanged }, when)
            let cache = try #require(try place.bytes(place.cache), when)
            #expect(cache == after.local.map { $0.value.serialized(.indented) + [10] }, when)
            stop += 1
        }
    }
}

/// Windows that end when a test says so.
private final class Windows: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    var gathering: CacheGathering {
        CacheGathering(window: .milliseconds(100)) { [self] _, end in
            waiting.withLock { $0.append(end) }
        }
    }

    func end() {
        let ends = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for end in ends { end() }
    }
}
