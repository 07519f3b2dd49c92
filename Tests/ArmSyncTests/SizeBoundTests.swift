import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom
import Testing

/// The size that edits carry on, against measuring the whole document each time.
@Suite struct SizeBoundTests {
    private func edit(
        _ state: DocumentState,
        by patch: JSONPatch
    ) throws(EditError) -> Record? {
        try state.editing(by: patch, author: "operator", form: .json, allowsEmpty: true)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `a document is never larger than what its edits say`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var state = DocumentState()
        for step in 0..<30 {
            let names: [JSONString] = ["a", "й/~", "\u{1}\"", "\u{FFFF}"]
            let name = names[generator.below(names.count)]
            let pointer = JSONPointer(tokens: [name])
            let patch =
                generator.oneIn(4)
                ? (try? state.editable.patch(removing: pointer)) ?? JSONPatch()
                : try state.editable.patch(setting: generator.content().value, at: pointer)
            guard let record = try edit(state, by: patch) else { continue }
            try state.fold(try Record(json: record.json))
            let size = try #require(state.local?.value.serialized().count)
            let bound = try #require(state.local?.sizeBound, "seed \(seed), step \(step)")
            #expect(size <= bound, "seed \(seed), step \(step)")
        }
    }

    /// Around the size from which escaping decides, and around the limit of the JSON text.
    @Test(arguments: [0, 1] as [UInt64])
    func `an edit is accepted exactly where the whole document would be`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let much = JSONValue.string(JSONString(String(repeating: "a", count: 2_300_000)))
        var state = DocumentState.synced(["much": much])
        var verdicts: Set<Bool> = []
        for step in 0..<8 {
            let name = JSONPointer(tokens: [JSONString(String(generator.below(12)))])
            // Quotes grow to 12 bytes once a server has escaped them, letters not at all.
            let unit = generator.oneIn(2) ? "\"" : "a"
            let text = String(repeating: unit, count: 200_000 + generator.below(400_000))
            let value = generator.oneIn(8) ? "" : JSONValue.string(JSONString(text))
            let patch = try state.editable.patch(setting: value, at: name)
            let after = try state.editable.applying(patch)
            let isAcceptable = (try? PayloadMapping().validate(after, as: .json)) != nil
            verdicts.insert(isAcceptable)
            let record = try? edit(state, by: patch)
            #expect((record != nil) == (isAcceptable && !patch.isEmpty), "\(seed), \(step)")
            if let record { try state.fold(record) }
        }
        #expect(verdicts == [true, false], "seed \(seed)")
    }

    @Test func `what the journal says of a size is added to without overflow`() throws {
        var state = DocumentState()
        let patch = JSONPatch([.set("a", 1)])
        try state.fold(
            Record(.edit(Edit(author: "", patch: patch, sizeBound: .max)), event: .edited)
        )
        let record = try #require(try edit(state, by: JSONPatch([.set("a", 2)])))
        guard case .edit(let edit) = record.change else {
            Issue.record("not an edit")
            return
        }
        #expect(edit.sizeBound == #"{"a":2}"#.utf8.count)
    }

    @Test func `a copy is measured, because its text does not hold what it adds`() throws {
        var state = DocumentState()
        let long = JSONValue.string(JSONString(String(repeating: "a", count: 1000)))
        try state.fold(try #require(try edit(state, by: JSONPatch([.set("a", long)]))))
        let copies = (0..<3).map { number in
            let to = JSONPointer(tokens: [JSONString("copy \(number)")])
            return JSONPatch.Operation.copy(from: JSONPointer(tokens: ["a"]), to: to)
        }
        try state.fold(try #require(try edit(state, by: JSONPatch(copies))))
        #expect(state.local?.sizeBound == state.local?.value.serialized().count)
    }
}
