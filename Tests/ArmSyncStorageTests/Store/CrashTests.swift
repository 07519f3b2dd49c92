import DiskSimulation
import Foundation
import ArmSync
import ArmSyncStorage
import JSONDocument
import Testing

/// Single crashes that once were, or could be, the loss of an edit; `CrashPointTests` tries them all.
@Suite struct CrashTests {
    @Test(arguments: [false, true])
    func aPowerCutTakesNothingFromWhoWentOnAfterAKilledWriter(_ isCompacting: Bool) throws {
        let limits = isCompacting ? JournalLimits(tail: 0, journal: 0) : JournalLimits()
        var stop = 0
        var isThrough = false
        while !isThrough {
            let place = try Place(.simulated)
            let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
            if isCompacting { try place.store().set("first", 1) }
            simulated.stop(afterEffects: stop)
            let killed = place.store(limits: limits)
            isThrough = (try? killed.set("killed", 1)) != nil && stop > 30
            simulated.crash(.kill)
            let after = try place.store().set("after", 1)
            simulated.crash(.powerCut)
            #expect(try place.store().state(of: .sample) == after, "stopped after \(stop) changes")
            stop += 1
        }
    }

    @Test func anEditThatIsThereAlreadyLastsThoughItsWriterWasKilled() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1)
        // The names are synced, the record is written, and not synced.
        simulated.stop(afterEffects: 3)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("x", 2) }
        simulated.crash(.kill)
        let told = try place.store().update(.sample, at: .noon) { (_) throws(Never) in nil }
        #expect(told.localText == "{\"x\":2}")
        simulated.crash(.powerCut)
        #expect(try place.store().state(of: .sample) == told)
    }

    /// What a killed writer left is given up by the failed sync of another, who cannot know whether
    /// it was promised; later syncs then say that all is well.
    @Test func aRecordThatAFailedSyncGaveUpIsNotBuiltUpon() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let long = JSONValue.string(JSONString(String(repeating: "x", count: 1500)))
        for number in 1...2 { try place.store().set("n\(number)", 1) }
        // Killed between the writing and the sync.
        simulated.stop(afterEffects: 2)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("killed", long) }
        simulated.crash(.kill)
        simulated.fail(.sync, on: "journal.jsonl", with: EIO)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("failed", long) }
        let told = try place.store().set("after", 1)
        #expect(told.local?.value["killed"] == long)
        simulated.crash(.powerCut)
        #expect(try place.store().state(of: .sample) == told)
    }

    /// A process that hangs in a sync of a failing disk is often killed just then, and nobody lives to
    /// hear of the failure.
    @Test func aRecordWhoseWriterWasKilledWhileItsSyncFailedIsNotBuiltUpon() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        let long = JSONValue.string(JSONString(String(repeating: "x", count: 1500)))
        for number in 1...2 { try place.store().set("n\(number)", 1) }
        simulated.fail(.sync, on: "journal.jsonl", with: EIO)
        simulated.stop(afterEffects: 3)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("killed", long) }
        simulated.crash(.kill)
        let told = try place.store().set("after", 1)
        #expect(told.local?.value["killed"] == long)
        simulated.crash(.powerCut)
        #expect(try place.store().state(of: .sample) == told)
    }

    /// Each of these has its name without a sync, so a power cut may bring back any of them.
    @Test(arguments: 1...4)
    func anOldCacheFileThatAPowerCutBroughtBackIsNobodysChange(_ number: Int) throws {
        let place = try Place(.simulated)
        var contents: [[UInt8]] = []
        for number in 1...5 {
            try place.store().set(
                "x",
                .string(JSONString(String(repeating: "x", count: 9 - number)))
            )
            contents.append(try #require(try place.bytes(place.cache)))
        }
        try place.overwrite(place.cache, contents[number - 1])
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes(place.cache) == contents.last)
        #expect(place.notices.isEmpty)
        #expect(
            try place.store().history(of: .sample).events.map(\.event).allSatisfy { $0 == .edited }
        )
    }

    @Test(arguments: 0..<8)
    func directoriesThatAKilledProcessMadeLastToo(_ stop: Int) throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        func store() -> JournalStore {
            JournalStore(directory: "\(place.root)/a/b/state", fileSystem: simulated) { _ in }
        }
        simulated.stop(afterEffects: stop)
        #expect(throws: UpdateError<Never>.self) { try store().set("x", 1) }
        simulated.crash(.kill)
        let after = try store().set("x", 2)
        simulated.crash(.powerCut)
        #expect(try store().state(of: .sample) == after)
    }

    @Test func whatIsTornOffSurvivesAPowerCutToo() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1)
        try place.overwrite(place.journal, try #require(try place.bytes(place.journal)) + [1, 2])
        try place.store().set("x", 2)
        simulated.crash(.powerCut)
        #expect(try place.bytes("\(place.folder)/journal.torn-1") == [1, 2])
        #expect(try place.store().state(of: .sample).localText == "{\"x\":2}")
    }
}
