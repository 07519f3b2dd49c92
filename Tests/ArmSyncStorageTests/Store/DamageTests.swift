import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncStorage

/// Journals that a crash, a disk or a person broke.
@Suite struct DamageTests {
    /// A journal of that many edits, its bytes, and where its last line begins.
    private func journal(_ edits: Int) throws -> (Place, bytes: [UInt8], lastLine: Int) {
        let place = try Place(.simulated)
        let store = place.store()
        for number in 1...edits { try store.set("x", JSONValue(integerLiteral: number)) }
        let bytes = try #require(try place.bytes(place.journal))
        let lastLine = bytes.dropLast().lastIndex(of: 10).map { $0 + 1 } ?? 0
        return (place, bytes, lastLine)
    }

    @Test(arguments: [1, 3], [false, true])
    func aTornLastLineIsIgnoredThenCutAndKept(_ edits: Int, _ isNulled: Bool) throws {
        let (place, bytes, lastLine) = try journal(edits)
        for length in lastLine + 1..<bytes.count {
            let nulls = isNulled ? [UInt8](repeating: 0, count: bytes.count - length) : []
            let torn = Array(bytes[..<length]) + nulls
            try place.overwrite(place.journal, torn)
            // It is younger than the journal has just been made.
            try place.fileSystem.remove(place.cache)
            let before = try place.store().state(of: .sample)
            #expect(before.sequence == edits - 1, "cut at \(length)")
            #expect(try place.bytes(place.journal) == torn, "reading changes nothing")
            let after = try place.store().set("y", 1)
            #expect(after.sequence == edits, "cut at \(length)")
            #expect(after.local?.value["x"]?.int ?? 0 == edits - 1, "cut at \(length)")
            let kept = "\(place.folder)/journal.torn-\(length - lastLine)"
            #expect(try place.bytes(kept) == Array(torn[lastLine...]), "cut at \(length)")
            #expect(try place.store().state(of: .sample) == after)
        }
        #expect(place.notices.isEmpty, "what never was complete was never promised")
    }

    @Test func aBrokenLastLineThatWasCompleteIsReportedOnceAndLogged() throws {
        let (place, bytes, lastLine) = try journal(3)
        var broken = bytes
        broken[lastLine + 60] ^= 1
        try place.overwrite(place.journal, broken)
        try place.fileSystem.remove(place.cache)
        let store = place.store()
        var seen = 0
        try store.update(.sample, at: .noon) { (state) throws(Never) in
            seen = state.sequence
            return nil
        }
        #expect(seen == 3, "two edits and the note")
        try store.set("x", 9)
        #expect(place.notices.map(\.kind) == [.tornTail])
        #expect(place.notices.first?.message.contains("journal.torn-1") == true)
        let history = try store.history(of: .sample)
        #expect(history.events.map(\.event) == [.edited, .edited, .tornTail, .edited])
    }

    @Test func aFlippedBitBeforeTheLastLineIsRefusedWhereverItIs() throws {
        let (place, bytes, lastLine) = try journal(3)
        for index in 0..<lastLine {
            for bit in [UInt8(0x01), 0x80] {
                var broken = bytes
                broken[index] ^= bit
                try place.overwrite(place.journal, broken)
                let error = try #require(throws: StoreError.self, "byte \(index)") {
                    try place.store().state(of: .sample)
                }
                #expect(error.code == .unreadable)
                #expect(throws: UpdateError<Never>.self) { try place.store().set("y", 1) }
                #expect(throws: StoreError.self) {
                    try place.store().refreshCache(of: .sample, at: .noon)
                }
                #expect(try place.bytes(place.journal) == broken, "byte \(index)")
            }
        }
        #expect(try place.store().keys() == [.sample])
        try place.store().set("x", 1, of: DocumentKey(application: "other"))
    }

    @Test func damageIsToldByFileLineAndReason() throws {
        let (place, bytes, _) = try journal(3)
        var broken = bytes
        broken[30] ^= 1
        try place.overwrite(place.journal, broken)
        let error = try #require(throws: StoreError.self) { try place.store().state(of: .sample) }
        #expect(
            error.message.hasPrefix(
                "the journal \(place.journal) is damaged at line 1 (its check sum is wrong); "
                    + "nothing was changed"
            )
        )
    }

    @Test func aMissingLineIsDamage() throws {
        let (place, bytes, _) = try journal(4)
        var lines = bytes.split(separator: 10)
        lines.remove(at: 1)
        try place.overwrite(place.journal, Array(lines.joined(separator: [10])) + [10])
        let error = try #require(throws: StoreError.self) { try place.store().state(of: .sample) }
        #expect(error.message.contains("line 2 (number 3 follows number 1)"))
    }

    @Test func aBrokenFirstLineOfAJournalWrittenAnewIsNeverCut() throws {
        let place = try Place(.simulated)
        let big = JSONValue.string(JSONString(String(repeating: "a", count: 300 << 10)))
        try place.store().set("big", big)
        try place.store().update(.sample, at: .noon) { (_) throws(Never) in nil }
        var bytes = try #require(try place.bytes(place.journal))
        #expect(bytes.filter { $0 == 10 }.count == 1)
        bytes[bytes.count / 2] ^= 1
        for broken in [bytes, Array(bytes.dropLast(1000))] {
            try place.overwrite(place.journal, broken)
            #expect(throws: UpdateError<Never>.self) { try place.store().set("x", 1) }
            #expect(try place.bytes(place.journal) == broken)
        }
    }

    @Test func aNewerVersionIsNamedAsSuch() throws {
        let (place, bytes, lastLine) = try journal(2)
        let body = Array(String(decoding: bytes[(lastLine + 18)...], as: UTF8.self).utf8.dropLast())
        let newer = Array("\"version\":2".utf8) + body.dropFirst(11)
        let line = Array("{\"crc\":\"\(CRC32C.text(of: newer[...]))\",".utf8) + newer + [10]
        try place.overwrite(place.journal, Array(bytes[..<lastLine]) + line)
        let error = try #require(throws: StoreError.self) { try place.store().state(of: .sample) }
        #expect(error.code == .unreadable)
        #expect(error.message.contains("line 2 (version 2: written by a newer arm-sync)"))
    }

    /// A journal of one state with that number, as if somebody had written it.
    private func place(numbered sequence: Int) throws -> Place {
        let (place, _, _) = try journal(1)
        let members =
            "\"version\":1,\"sequence\":\(sequence),\"time\":\"2026-01-01T00:00:00.000Z\","
            + "\"type\":\"snapshot\",\"event\":\"saved\",\"state\":{\"base\":\"absent\"}}"
        let body = Array(members.utf8)
        let line = Array("{\"crc\":\"\(CRC32C.text(of: body[...]))\",".utf8) + body + [10]
        try place.overwrite(place.journal, line)
        try place.fileSystem.remove(place.cache)
        return place
    }

    @Test func aNumberBehindWhichNoneCanComeIsDamage() throws {
        let place = try place(numbered: .max)
        let error = try #require(throws: StoreError.self) { try place.store().state(of: .sample) }
        #expect(error.code == .unreadable)
        #expect(error.message.contains("number \(Int.max) is higher than a record's can be"))
        let survey = try #require(try place.store().survey(.sample))
        _ = try place.store().repair(.sample, as: survey, at: .noon)
        #expect(try place.store().set("x", 1).localText == #"{"x":1}"#)
    }

    @Test func whereNoNumberIsLeftAnEditIsRefusedAndTheRestStays() throws {
        let place = try place(numbered: JournalHeader.sequenceLimit)
        let before = try place.bytes(place.journal)
        #expect(throws: UpdateError<Never>.self) { try place.store().set("x", 1) }
        #expect(try place.bytes(place.journal) == before)
        #expect(try place.store().state(of: .sample).base == .absent)
    }
}
