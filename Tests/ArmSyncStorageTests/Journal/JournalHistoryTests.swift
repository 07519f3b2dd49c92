import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncStorage

@Suite struct JournalHistoryTests {
    private func note(_ event: Event, _ detail: String?) -> Record {
        Record(.note(Note(trouble: nil, detail: detail)), event: event)
    }

    private func append(_ record: Record, in place: Place) throws {
        try place.store().update(.sample, at: .noon) { (_) throws(Never) in record }
    }

    /// Has the journal written anew.
    private func compact(_ place: Place) throws {
        let store = place.store(limits: JournalLimits(tail: 0, journal: 0))
        try store.update(.sample, at: .noon) { (_) throws(Never) in nil }
        let bytes = try #require(try place.bytes(place.journal))
        #expect(bytes.filter { $0 == 10 }.count == 1)
    }

    @Test func readsThatChangedNothingAreCountedAndNotListed() throws {
        let place = try Place(.simulated)
        try place.store().set("x", 1)
        for _ in 0..<300 { try append(note(.read, nil), in: place) }
        for _ in 0..<2 {
            let history = try place.store().history(of: .sample)
            #expect(history.events.map(\.event) == [.edited])
            #expect(history.totals == [.edited: 1, .read: 300])
            try compact(place)
        }
    }

    @Test func anEventTellsWhoEditedWhatAndWhyItFailed() throws {
        let place = try Place(.simulated)
        try place.store().set("x", 1)
        try append(note(.tornTail, "what was broken"), in: place)
        let events = try place.store().history(of: .sample).events
        #expect(events.first?.edit?.paths == ["/x"] && events.first?.edit?.author == "test")
        #expect(events.last?.detail == "what was broken")
    }

    @Test func detailsAndWhatWasGivenUpOutliveTheJournalWithinBounds() throws {
        let place = try Place(.simulated)
        let long = String(repeating: "й", count: 1000)
        try append(note(.failed, long), in: place)
        for number in 0..<10 {
            let text = JSONValue.string(JSONString(String(repeating: "x", count: 10 << 10)))
            let patch = JSONPatch([.add(JSONPointer(tokens: [JSONString("\(number)")]), text)])
            let record = Record(.snapshot(DocumentState()), event: .discarded, retired: patch)
            try append(record, in: place)
        }
        try compact(place)
        let events = try place.store().history(of: .sample).events
        let detail = try #require(events.first?.detail)
        #expect(detail.utf8.count < 250 && detail.hasPrefix("йй") && detail.hasSuffix("…"))
        let kept = events.compactMap(\.retired)
        #expect(kept.count == 6, "the newest that fit")
        #expect(kept.last?.operations.count == 1)
        #expect(events.last?.retired != nil && events[1].retired == nil)
        #expect(try #require(try place.bytes(place.journal)).count < 80 << 10)
    }

    @Test(arguments: [Event.discarded, .resolvedMine, .resolved, .merged, .takenOver, .arrived])
    func whatLostIsKeptWhateverTheEventIsCalled(event: Event) throws {
        let place = try Place(.simulated)
        var state = DocumentState()
        state.local = Content(value: ["retired": ["no patch"]], form: .json)
        try append(Record(.snapshot(state), event: event), in: place)
        let patch = JSONPatch([.replace(JSONPointer(tokens: ["a"]), "lost")])
        try append(Record(.snapshot(state), event: event, retired: patch), in: place)
        let events = try place.store().history(of: .sample).events
        #expect(events.map(\.retired) == [nil, patch])
    }

    /// A place whose journal was written anew, with that as history and totals.
    private func place(history: String, totals: String) throws -> Place {
        let place = try Place(.simulated)
        try place.store().set("x", 1)
        let members =
            "\"version\":1,\"sequence\":1,\"time\":\"2026-01-01T00:00:00.000Z\","
            + "\"type\":\"snapshot\",\"event\":\"compacted\",\"history\":\(history),"
            + "\"totals\":\(totals),\"state\":{\"base\":\"absent\"}}"
        let body = Array(members.utf8)
        let line = Array("{\"crc\":\"\(CRC32C.text(of: body[...]))\",".utf8) + body + [10]
        try place.overwrite(place.journal, line)
        try place.fileSystem.remove(place.cache)
        return place
    }

    @Test func totalsThatCannotGrowStayWhatTheyAre() throws {
        let place = try place(history: "[]", totals: #"{"edited":\#(Int.max)}"#)
        try place.store().set("x", 2)
        #expect(try place.store().history(of: .sample).totals == [.edited: .max])
    }

    @Test func whatIsNotUnderstoodOfTheLogKeepsNobodyFromWritingAnew() throws {
        let event = #"{"sequence":7,"time":"2026-01-01T00:00:00.000Z","event":"saved"}"#
        let place = try place(
            history: #"[\#(event),{"event":"of a newer program"},null]"#,
            totals: #"{"saved":3,"invented":1,"merged":-1}"#
        )
        for _ in 0..<2 {
            let history = try place.store().history(of: .sample)
            #expect(history.events.map(\.sequence) == [7])
            #expect(history.totals == [.saved: 3])
            try compact(place)
        }
        try place.store().set("x", 2)
    }
}
