import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom
import Testing

@Suite struct RecordCodingTests {
    /// Through bytes and back, as a journal on disk does it.
    private func reread(_ record: Record) throws -> Record {
        let bytes = JSONValue.object(record.json).serialized()
        let json = try #require(try JSONValue(parsing: bytes).object)
        return try Record(json: json)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `every record comes back as it was, literal for literal`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let record = generator.record()
            let back = try reread(record)
            #expect(back == record, "seed \(seed)")
            // Equality is by value: only the text shows that no literal and no order was lost.
            let texts = [record, back].map { JSONValue.object($0.json).serialized() }
            #expect(texts[0] == texts[1], "seed \(seed)")
            #expect(literals(of: record) == literals(of: back), "seed \(seed)")
        }
    }

    /// Each content of a snapshot written for itself, so that a wrong reference shows.
    private func literals(of record: Record) -> [[UInt8]] {
        guard case .snapshot(let state) = record.change else { return [] }
        var contents = [state.base.content, state.sent?.content, state.local]
        if case .value(let content) = state.remote { contents.append(content) }
        return contents.map { $0?.value.serialized() ?? [] }
    }

    @Test func `a content that repeats an earlier one is written once`() {
        let content = Content(value: ["a": 1], form: .json)
        var state = DocumentState()
        state.base = .value(content)
        state.local = content
        state.sent = Sent(content: content, time: Timestamp(milliseconds: 0), edits: [])
        #expect(state.json["local"] == ["same_as": "base"])
        #expect(state.json["sent"]?["content"] == ["same_as": "base"])
    }

    @Test func `contents that are only equal keep their own literals`() throws {
        var state = DocumentState()
        state.base = .value(Content(value: try JSONValue(parsing: "1.0"), form: .json))
        state.local = Content(value: try JSONValue(parsing: "1"), form: .json)
        #expect(state.json["local"]?["value"]?.serialized() == Array("1".utf8))
    }

    @Test func `a document that looks like a reference is none`() throws {
        var state = DocumentState()
        let looksSo: JSONValue = ["same_as": "base", "foreign": "x", "reason": "y"]
        state.base = .value(Content(value: looksSo, form: .json))
        state.remote = .value(Content(value: ["foreign": "x"], form: .json))
        let back = try reread(Record(.snapshot(state), event: .read))
        #expect(back.change == .snapshot(state))
    }

    @Test func `foreign content that differs only in spelling is another`() {
        let composed = ForeignContent(text: "\u{439}", reason: "no JSON")
        let decomposed = ForeignContent(text: "\u{438}\u{306}", reason: "no JSON")
        #expect(composed != decomposed)
        #expect(
            Binding(server: "http://s", domain: "\u{439}")
                != Binding(server: "http://s", domain: "\u{438}\u{306}")
        )
    }

    @Test func `only a snapshot groups the edits, each side of a save for itself`() throws {
        var generator = SeededGenerator(seed: 1)
        var state = DocumentState()
        state.local = Content(value: [:], form: .json)
        let many = (0..<50).map { _ in generator.entry() }
        let sent = Content(value: 1, form: .json)
        state.sent = Sent(content: sent, time: Timestamp(milliseconds: 0), edits: many)
        state.edits = many
        guard case .snapshot(let back) = try reread(Record(.snapshot(state), event: .read)).change
        else { return }
        let most = [OutboxEntry].individualLimit + 1
        #expect(back.edits.count == most)
        #expect(back.sent?.edits.count == most)
        #expect(back.pendingEdits == state.pendingEdits)
        #expect(back.edits.suffix(20) == many.suffix(20))
        #expect(back.edits.first?.edit == nil)
    }
}
