import DiskSimulation
import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncStorage

/// Journals rebuilt from what is good of them.
@Suite struct RepairTests {
    /// A journal of five edits, its bytes, and its lines.
    private func journal() throws -> (Place, bytes: [UInt8], lines: [ArraySlice<UInt8>]) {
        let place = try Place(.simulated)
        for number in 1...5 { try place.store().set("n\(number)", 1) }
        let bytes = try #require(try place.bytes(place.journal))
        return (place, bytes, bytes.split(separator: 10))
    }

    /// The bytes with one bit of a line turned, lines counted from 1.
    private func damaging(_ line: Int, of bytes: [UInt8], _ lines: [ArraySlice<UInt8>]) -> [UInt8] {
        var damaged = bytes
        damaged[(lines[line - 1].startIndex + lines[line - 1].endIndex) / 2] ^= 1
        return damaged
    }

    private func repair(_ place: Place) throws -> (JournalSurvey, JournalRepair) {
        let store = place.store()
        let survey = try #require(try store.survey(.sample))
        return (survey, try store.repair(.sample, as: survey, at: .noon))
    }

    @Test func aSoundJournalIsNotRepaired() throws {
        let (place, bytes, _) = try journal()
        #expect(try place.store().survey(.sample) == nil)
        #expect(try place.store().survey(DocumentKey(application: "none")) == nil)
        // A crash's remnant is no damage.
        try place.overwrite(place.journal, bytes + [1, 2, 3])
        #expect(try place.store().survey(.sample) == nil)
    }

    @Test(arguments: 1...4)
    func theLongestGoodPrefixIsKeptAndTheRestNamed(_ line: Int) throws {
        let (place, bytes, lines) = try journal()
        let damaged = damaging(line, of: bytes, lines)
        let cache = try place.bytes(place.cache)
        try place.overwrite(place.journal, damaged)
        let (survey, repair) = try repair(place)
        #expect(survey.line == line)
        #expect(survey.lostBytes == bytes.count - lines[line - 1].startIndex)
        #expect(survey.brokenLines == 1)
        #expect(survey.stranded.map(\.sequence) == Array(line + 1...5))
        #expect(survey.stranded.allSatisfy { $0.edit?.patch.operations.count == 1 })
        #expect(repair.state.local?.value.object?.count ?? 0 == line - 1)
        #expect(repair.state.pendingEdits == line - 1)
        #expect(try place.bytes(repair.journalCopy) == damaged)
        #expect(try place.bytes(try #require(repair.cacheCopy)) == cache)

        let store = place.store()
        #expect(try store.state(of: .sample) == repair.state)
        // No number is given twice.
        #expect(try store.set("after", 1).sequence == 7)
        #expect(try store.history(of: .sample).totals[.repaired] == 1)
        let text = repair.state.local.map { _ in try? place.store().state(of: .sample).localText }
        #expect(text == nil || text??.contains("after") == true)
        #expect(place.notices.isEmpty, "\(place.notices)")
    }

    @Test func aWholeStateAfterTheDamageSavesEverything() throws {
        let (place, _, _) = try journal()
        let store = place.store()
        try store.update(.sample, at: .noon) { (state) throws(Never) in
            var next = state
            next.base = .value(Content(value: ["at": "server"], form: .json))
            return Record(.snapshot(next), event: .saved)
        }
        let expected = try store.set("last", 1)
        let bytes = try #require(try place.bytes(place.journal))
        try place.overwrite(
            place.journal,
            damaging(2, of: bytes, bytes.split(separator: 10))
        )
        let (survey, repair) = try repair(place)
        #expect(survey.isComplete && survey.stranded.isEmpty)
        #expect(repair.cacheCopy == nil)
        var found = repair.state
        found.sequence = expected.sequence
        #expect(found == expected, "base is trusted: no record after the snapshot is missing")
    }

    @Test func damageBehindAWholeStateMakesBaseSuspicious() throws {
        let place = try Place(.simulated)
        let store = place.store()
        try store.update(.sample, at: .noon) { (_) throws(Never) in
            var state = DocumentState()
            state.base = .value(Content(value: ["a": 1], form: .json))
            state.local = state.base.content
            return Record(.snapshot(state), event: .saved)
        }
        for number in 1...3 { try store.set("a", .number(JSONNumber(number + 1))) }
        let bytes = try #require(try place.bytes(place.journal))
        try place.overwrite(
            place.journal,
            damaging(3, of: bytes, bytes.split(separator: 10))
        )
        let (survey, repair) = try repair(place)
        #expect(!survey.isComplete)
        #expect(repair.state.localText == #"{"a":2}"#)
        #expect(repair.state.base == .unknown)
    }

    @Test(arguments: ["\n", "\n\n\n", "\0\n\0\n", "{}\nx", "\u{FEFF}\n{\"crc\":\"\n"])
    func bytesOfNobodyAreSurvivedAnywhere(_ junk: String) throws {
        let (place, bytes, lines) = try journal()
        for line in lines {
            let damaged = bytes[..<line.startIndex] + Array(junk.utf8) + bytes[line.startIndex...]
            try place.overwrite(place.journal, Array(damaged))
            guard let survey = try place.store().survey(.sample) else { continue }
            _ = try place.store().repair(.sample, as: survey, at: .noon)
            try place.store().set("after", 1)
        }
        try place.overwrite(place.journal, Array(junk.utf8) + Array(junk.utf8))
        if let survey = try place.store().survey(.sample) {
            let state = try place.store().repair(.sample, as: survey, at: .noon).state
            #expect(state.local == nil && state.base == .unknown)
        }
    }

    @Test func statesThatCannotBeReadArePassedOverOneAfterTheOther() throws {
        let (place, bytes, lines) = try journal()
        var journal = bytes
        // Many, because to try each with all that follow would take time with their cube.
        for number in 6...500 {
            let members =
                "\"version\":1,\"sequence\":\(number),\"time\":\"2026-01-01T00:00:00.000Z\","
                + "\"type\":\"snapshot\",\"event\":\"saved\",\"state\":{}}"
            let body = Array(members.utf8)
            journal += Array("{\"crc\":\"\(CRC32C.text(of: body[...]))\",".utf8) + body + [10]
        }
        try place.overwrite(place.journal, journal)
        let (survey, repair) = try repair(place)
        #expect(survey.line == 500)
        #expect(survey.lostBytes == journal.count - bytes.count)
        #expect(survey.stranded.count == 495)
        #expect(repair.state.local?.value.object?.count == lines.count)
    }

    @Test func whatANewerProgramWroteIsNotRepaired() throws {
        let (place, bytes, lines) = try journal()
        let body = Array("\"version\":2,\"sequence\":6}".utf8)
        let newer = Array("{\"crc\":\"\(CRC32C.text(of: body[...]))\",".utf8) + body + [10]
        // Even where something before it is broken.
        for journal in [bytes, damaging(2, of: bytes, lines)] {
            try place.overwrite(place.journal, journal + newer)
            let error = try #require(throws: StoreError.self) {
                try place.store().survey(.sample)
            }
            #expect(error.message.contains("newer"))
            #expect(try place.bytes(place.journal) == journal + newer)
        }
    }

    @Test func aJournalThatMovedSinceItWasSurveyedIsNotTouched() throws {
        let (place, bytes, lines) = try journal()
        try place.overwrite(place.journal, damaging(4, of: bytes, lines))
        let survey = try #require(try place.store().survey(.sample))
        let other = damaging(2, of: bytes, lines)
        try place.overwrite(place.journal, other)
        #expect(throws: StoreError.self) {
            try place.store().repair(.sample, as: survey, at: .noon)
        }
        #expect(try place.bytes(place.journal) == other)
        #expect(try place.fileSystem.names(in: place.folder).sorted().count == 3)
    }

    @Test func aRepairStoppedAnywhereLeavesTheDamagedJournalOrARepairedOneAndItsCopy() throws {
        for crash in SimulatedCrash.all {
            var stop = 0
            var isThrough = false
            while !isThrough {
                let (place, bytes, lines) = try journal()
                let damaged = damaging(3, of: bytes, lines)
                try place.overwrite(place.journal, damaged)
                let simulated = try #require(place.fileSystem as? SimulatedFileSystem)
                let survey = try #require(try place.store().survey(.sample))
                simulated.stop(afterEffects: stop)
                isThrough =
                    (try? place.store().repair(.sample, as: survey, at: .noon)) != nil && stop > 30
                simulated.crash(crash)
                let when: Comment = "stopped after \(stop) changes, \(crash)"
                let found = try #require(try place.bytes(place.journal), when)
                if found == damaged {
                    let again = try repair(place)
                    #expect(again.1.state.localText == #"{"n1":1,"n2":1}"#, when)
                } else {
                    let copy = try place.bytes("\(place.folder)/journal.damaged-1")
                    #expect(copy == damaged, when)
                    let state = try place.store().set("after", 1)
                    #expect(state.localText == #"{"n1":1,"n2":1,"after":1}"#, when)
                }
                stop += 1
            }
        }
    }
}
