import ArmSync
import ArmSyncStorage
import JSONDocument
import Testing

/// Power cuts and kills after every single change a sequence of edits makes to the disk.
@Suite struct CrashTests {
    @Test func whatAnUpdateReturnedIsThereAfterEveryCrash() throws {
        for crash in SimulatedCrash.all {
            var stop = 0
            var isThrough = false
            while !isThrough {
                let place = try Place(.simulated)
                let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
                simulated.stop(afterEffects: stop)
                var done = 0
                let store = place.store()
                while done < 4, (try? store.set("x", JSONValue(integerLiteral: done + 1))) != nil {
                    done += 1
                }
                simulated.crash(crash)
                isThrough = done == 4
                try checkRecovery(place, done, crash, "stopped after \(stop) changes, \(crash)")
                stop += 1
            }
        }
    }

    @Test func compactionLosesNothingWhereverItIsStopped() throws {
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 3000)))
        let limits = JournalLimits(tail: 1 << 10, journal: 1 << 10)
        for crash in SimulatedCrash.all {
            var stop = 0
            var isThrough = false
            while !isThrough {
                let place = try Place(.simulated)
                let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
                try place.store().set("big", big)
                let before = try #require(try place.fileSystem.status(of: place.journal))
                simulated.stop(afterEffects: stop)
                let store = place.store(limits: limits)
                var done = 0
                while done < 2, (try? store.set("x", JSONValue(integerLiteral: done + 1))) != nil {
                    done += 1
                }
                simulated.crash(crash)
                isThrough = done == 2
                if isThrough {
                    #expect(
                        try place.fileSystem.status(of: place.journal)?.identity != before.identity
                    )
                }
                let state = try place.store().state(of: .sample)
                #expect(state.local?.value["big"] == big, "stopped after \(stop), \(crash)")
                try checkRecovery(place, done, crash, "stopped after \(stop) changes, \(crash)")
                stop += 1
            }
        }
    }

    /// What was acknowledged is there, at most one edit more, and the document can be edited.
    private func checkRecovery(
        _ place: Place,
        _ done: Int,
        _ crash: SimulatedCrash,
        _ when: Comment
    ) throws {
        let found = try place.store().state(of: .sample).local?.value["x"]?.int ?? 0
        #expect(found == done || found == done + 1, when)
        let store = place.store()
        let after = try store.set("after", true)
        #expect(after.local?.value["x"]?.int ?? 0 == found, when)
        #expect(try place.store().state(of: .sample) == after, when)
        #expect(try store.keys() == [.sample], when)
        // Where names are lost, a cache file of some edits ago may be back: that is put aside.
        #expect(place.notices.allSatisfy { $0.kind != .cacheChanged } || !crash.keepsNames, when)
        let cache = try #require(try place.bytes(place.cache), when)
        #expect(cache == after.local.map { $0.value.serialized(.indented) + [10] }, when)
    }
}
