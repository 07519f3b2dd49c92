import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom
import Testing

@Suite struct MalformedRecordTests {
    static let trouble = """
        {"kind":"transient","code":"c","message":"m","since":"2026-11-22T10:00:00Z",\
        "at":"2026-11-22T10:00:00Z","attempts":1,"next_attempt":"2026-11-22T10:00:00Z"}
        """

    static let wellFormed = [
        #"{"type":"snapshot","event":"read","state":{"base":"unknown"}}"#,
        #"{"type":"edit","event":"edited","author":"a","patch":[]}"#,
        #"{"type":"sending","event":"sending"}"#,
        #"{"type":"note","event":"failed"}"#,
        #"{"type":"note","event":"failed","trouble":\#(trouble)}"#,
        #"{"type":"note","event":"failed","of a later version":{"x":1}}"#,
    ]

    static let malformed = [
        "{}", #"{"type":"note"}"#, #"{"event":"read"}"#, #"{"type":1,"event":"read"}"#,
        #"{"type":"what","event":"read"}"#, #"{"type":"note","event":"what"}"#,
        #"{"type":"snapshot","event":"read"}"#, #"{"type":"snapshot","event":"read","state":1}"#,
        #"{"type":"edit","event":"edited","patch":[]}"#,
        #"{"type":"edit","event":"edited","author":"a"}"#,
        #"{"type":"edit","event":"edited","author":"a","patch":[{"op":"what"}]}"#,
        #"{"type":"edit","event":"edited","author":"a","form":"what","patch":[]}"#,
        #"{"type":"edit","event":"edited","author":"a","size_bound":-1,"patch":[]}"#,
        #"{"type":"sending","event":"sending","read_at":"soon"}"#,
        #"{"type":"note","event":"failed","closes_sent":1}"#,
        #"{"type":"note","event":"failed","read_at":0}"#,
        #"{"type":"note","event":"failed","detail":0}"#,
        #"{"type":"note","event":"failed","trouble":null}"#,
        #"{"type":"note","event":"failed","trouble":{"kind":"what"}}"#,
    ]

    /// An edit whose paths are not all strings.
    private static let paths = #""id":1,"author":"a","paths":["/a",1],"operations":1}]}"#

    static let malformedStates = [
        "{}", #"{"base":null}"#, #"{"base":"what"}"#, #"{"base":{}}"#, #"{"base":{"foreign":"x"}}"#,
        #"{"base":{"foreign":1,"reason":"x"}}"#, #"{"base":{"value":1,"form":"what"}}"#,
        #"{"base":{"same_as":"base"}}"#, #"{"base":{"same_as":"local"},"local":{"value":1}}"#,
        #"{"base":"unknown","local":{"same_as":"base"}}"#, #"{"base":"unknown","local":null}"#,
        #"{"base":{"value":1},"local":{"same_as":1}}"#, #"{"base":"unknown","remote":"what"}"#,
        #"{"base":"unknown","remote":{"foreign":"x"}}"#, #"{"base":"unknown","sent":{}}"#,
        #"{"base":"unknown","sent":{"content":{"value":1}}}"#, #"{"base":"unknown","edits":{}}"#,
        #"{"base":"unknown","edits":[1]}"#, #"{"base":"unknown","edits":[{"count":1}]}"#,
        #"{"base":"unknown","edits":[{"count":0,"first":"2026-11-22T10:00:00Z"}]}"#,
        #"{"base":"unknown","edits":[{"count":1e99,"first":"2026-11-22T10:00:00Z"}]}"#,
        #"{"base":"unknown","edits":[{"count":1,"first":"2026-11-22T10:00:00Z","id":"x"}]}"#,
        #"{"base":"unknown","edits":[{"count":1,"first":"2026-11-22T10:00:00Z","# + paths,
        #"{"base":"unknown","binding":{"server":"x"}}"#, #"{"base":"unknown","last_read_at":1}"#,
    ]

    @Test(arguments: wellFormed)
    func `a well-formed record is read`(text: String) throws {
        let json = try #require(try JSONValue(parsing: text).object)
        #expect(throws: Never.self) { try Record(json: json) }
    }

    @Test(arguments: malformed)
    func `a malformed record is refused`(text: String) throws {
        let json = try #require(try JSONValue(parsing: text).object)
        #expect(throws: FoldError.self) { try Record(json: json) }
    }

    @Test(arguments: malformedStates)
    func `a malformed state is refused`(text: String) throws {
        let state = try JSONValue(parsing: text)
        let json: JSONValue = ["type": "snapshot", "event": "read", "state": state]
        let record = try #require(json.object)
        #expect(throws: FoldError.self) { try Record(json: record) }
    }

    /// Counts that fit one by one and not together are read, added up and shown all the same.
    @Test func `counts near the largest integer do not overflow`() throws {
        let entry = #"{"count":\#(Int.max),"first":"2026-11-22T10:00:00Z"}"#
        let entries = Array(repeating: entry, count: 30).joined(separator: ",")
        let json = try JSONValue(
            parsing: """
                {"type":"snapshot","event":"read","state":{"base":"unknown","edits":[\(entries)],
                "sent":{"content":{"value":1},"time":"2026-11-22T10:00:00Z","edits":[\(entries)]}}}
                """
        )
        let record = try Record(json: try #require(json.object))
        guard case .snapshot(let state) = record.change else { return }
        #expect(state.pendingEdits == .max)
        #expect(!state.json.serialized().isEmpty)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `a record with one member damaged is refused or harmless`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let damaged = generator.damaging(.object(generator.record().json))
            guard let json = damaged.object, let record = try? Record(json: json) else { continue }
            var state = generator.state()
            try? state.apply(record, sequence: 1, time: generator.timestamp())
            #expect(!state.json.serialized().isEmpty, "seed \(seed)")
        }
    }
}

extension SeededGenerator {
    /// The value with one part, however deep, replaced or left out.
    fileprivate mutating func damaging(_ value: JSONValue) -> JSONValue {
        let instead: [JSONValue] = [
            .null, true, 0, -1, "", [], [:], "base", .number(JSONNumber(.max)), ["same_as": "sent"],
        ]
        if case .object(var object) = value, !object.isEmpty, !oneIn(6) {
            let (name, member) = object[below(object.count)]
            object[name] = oneIn(5) ? nil : damaging(member)
            return .object(object)
        }
        if case .array(var elements) = value, !elements.isEmpty, !oneIn(6) {
            let index = below(elements.count)
            elements[index] = damaging(elements[index])
            return .array(elements)
        }
        return instead[below(instead.count)]
    }
}
