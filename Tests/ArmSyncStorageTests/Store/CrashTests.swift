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
        // Written, and not synced.
        simulated.stop(afterEffects: 1)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("x", 2) }
        simulated.crash(.kill)
        let told = try place.store().update(.sample, at: .noon) { (_) throws(Never) in nil }
        #expect(told.localText == "{\"x\":2}")
        simulated.crash(.powerCut)
        #expect(try place.store().state(of: .sample) == told)
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
