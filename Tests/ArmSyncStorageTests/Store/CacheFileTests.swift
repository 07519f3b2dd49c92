import DiskSimulation
import ArmSync
import ArmSyncStorage
import Foundation
import JSONDocument
import Testing

/// `user_data.json`, which other programs read and nobody should write.
@Suite struct CacheFileTests {
    @Test(arguments: Place.Kind.allCases)
    func itHoldsExactlyTheLocalDocument(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        try store.set("x", 1)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 1\n}\n".utf8))
        try store.set("x", 2)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 2\n}\n".utf8))
    }

    @Test(arguments: Place.Kind.allCases)
    func itGoesWhereTheDocumentGoes(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let store = place.store()
        try store.set("x", 1)
        try store.update(.sample, at: .noon) { (_) throws(Never) in
            Record(.snapshot(DocumentState()), event: .takenOver)
        }
        #expect(try place.bytes(place.cache) == nil)
        #expect(place.notices.isEmpty)
        try store.refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes(place.cache) == nil)
        try store.set("x", 2)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 2\n}\n".utf8))
    }

    @Test(arguments: Place.Kind.allCases)
    func aChangedOneIsPutAsideAndReportedOnce(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        try place.store().set("x", 1)
        try place.overwrite(place.cache, Array("mine\n".utf8))
        let store = place.store()
        try store.set("x", 2)
        try store.set("x", 3)
        try store.refreshCache(of: .sample, at: .noon)
        #expect(place.notices.map(\.kind) == [.cacheChanged])
        let aside = "\(place.cache).changed-2026-09-21T14-13-20.000Z"
        #expect(try place.bytes(aside) == Array("mine\n".utf8))
        #expect(place.notices.first?.message.contains(aside) == true)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 3\n}\n".utf8))
        let events = try store.history(of: .sample).events.map(\.event)
        #expect(events == [.edited, .cacheChanged, .edited, .edited])
        try place.overwrite(place.cache, Array("again".utf8))
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes("\(aside)-2") == Array("again".utf8))
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 3\n}\n".utf8))
        #expect(place.notices.count == 2)
    }

    @Test func aChangeOfTheSameLengthIsNoticedByTheProcessThatWroteTheFile() throws {
        let place = try Place(.simulated)
        let store = place.store()
        try store.set("x", 1)
        try place.overwrite(place.cache, Array("{\n  \"x\": 7\n}\n".utf8))
        try store.set("x", 2)
        #expect(place.notices.map(\.kind) == [.cacheChanged])
    }

    @Test(arguments: Place.Kind.allCases)
    func aMissingOneIsRebuilt(_ kind: Place.Kind) throws {
        let place = try Place(kind)
        let state = try place.store().set("x", 1)
        try place.fileSystem.remove(place.cache)
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 1\n}\n".utf8))
        #expect(try place.store().state(of: .sample) == state)
        #expect(place.notices.isEmpty)
    }

    @Test func whereItIsInOrderNothingIsTouchedAndNoLockTaken() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1)
        simulated.stop(afterEffects: 1)
        let before = simulated.effects
        simulated.fail(.lock, with: EIO)
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(simulated.effects == before)
    }

    @Test func oneLeftBehindByManyFailedRefreshesIsStillOurs() throws {
        let place = try Place(.simulated)
        let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
        try place.store().set("x", 1)
        for number in 2...5 {
            simulated.fail(.open, on: "user_data.json.new", with: ENOSPC)
            // Each in a process of its own, which knows only what the journal says.
            try place.store().set("x", JSONValue(integerLiteral: number))
        }
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 1\n}\n".utf8))
        #expect(
            place.notices.map(\.kind) == [
                .cacheNotWritten, .cacheNotWritten, .cacheNotWritten, .cacheNotWritten,
            ]
        )
        try place.store().refreshCache(of: .sample, at: .noon)
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 5\n}\n".utf8))
        #expect(place.notices.count == 4)
        #expect(try place.store().state(of: .sample).sequence == 5)
    }

    @Test func aLinkInItsPlaceIsPutAsideAndNotFollowed() throws {
        let place = try Place(.real)
        let target = "\(place.root)/target"
        try place.store().set("x", 1)
        try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
        try place.fileSystem.remove(place.cache)
        try FileManager.default.createSymbolicLink(atPath: place.cache, withDestinationPath: target)
        try place.store().set("x", 2)
        #expect(try place.bytes(target) == Array("precious".utf8))
        #expect(try place.bytes(place.cache) == Array("{\n  \"x\": 2\n}\n".utf8))
        #expect(place.notices.map(\.kind) == [.cacheChanged])
    }

    @Test func aNoteAboutItKeepsTheDocumentsTrouble() throws {
        let place = try Place(.simulated)
        let trouble = Trouble(
            kind: .refused,
            code: "cannot_perform_cmd",
            message: "refused",
            since: .noon,
            at: .noon,
            attempts: 2,
            nextAttempt: .noon
        )
        try place.store().set("x", 1)
        try place.store().update(.sample, at: .noon) { (_) throws(Never) in
            Record(.note(Note(trouble: trouble)), event: .failed)
        }
        try place.overwrite(place.cache, [1])
        #expect(try place.store().set("x", 2).trouble == trouble)
    }
}
