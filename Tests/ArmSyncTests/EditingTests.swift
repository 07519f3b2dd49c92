import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom
import Testing

@Suite struct EditingTests {
    private func editing(
        _ state: DocumentState,
        to value: JSONValue,
        form: PayloadForm = .json,
        allowsEmpty: Bool = false
    ) throws(EditError) -> Record? {
        try state.editing(to: value, author: "operator", form: form, allowsEmpty: allowsEmpty)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `the edit stored makes local the value asked for`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var state = DocumentState()
        for _ in 0..<20 {
            let value = generator.content().value
            guard let record = try editing(state, to: value, allowsEmpty: true) else {
                #expect(state.editable == value, "seed \(seed)")
                continue
            }
            try state.fold(try Record(json: record.json))
            #expect(state.local?.value == value, "seed \(seed)")
        }
    }

    @Test func `an edit that changes no value is none`() throws {
        #expect(try editing(DocumentState(), to: [:]) == nil)
        let written = try JSONValue(parsing: #"{"a":1.0}"#)
        #expect(try editing(.synced(["a": 1]), to: written) == nil)
    }

    @Test(arguments: [[:], [], "", .null] as [JSONValue])
    func `emptying a document has to be asked for`(value: JSONValue) throws {
        let state = DocumentState.synced(["a": 1])
        let error = #expect(throws: EditError.self) { try editing(state, to: value) }
        #expect(error?.wouldEmpty == true)
        #expect(try editing(state, to: value, allowsEmpty: true) != nil)
    }

    @Test func `a document over the limit is refused`() {
        let text = String(repeating: "x", count: DocumentLimits.json)
        #expect(throws: EditError.self) { try editing(.synced([:]), to: .string(JSONString(text))) }
    }

    @Test func `a document kept as nodes has to stay one`() throws {
        var state = DocumentState.synced(["_name": "user_data"])
        state.base = .value(Content(value: ["_name": "user_data"], form: .nodes))
        state.local = state.base.content
        #expect(throws: EditError.self) { try editing(state, to: ["a": 1]) }
        let edited = try editing(state, to: ["_name": "user_data", "_content": ["x"]])
        #expect(edited != nil)
    }

    @Test func `what the configured names could not carry is not accepted`() throws {
        var state = DocumentState.synced(["_name": "user_data"])
        state.base = .value(Content(value: ["_name": "user_data"], form: .nodes))
        state.local = state.base.content
        // Read back under these names it would be a document of JSON.
        let value: JSONValue = [
            "_name": "user_data",
            "_content": [["_name": "document", "_attributes": ["text": "1"]]],
        ]
        func edit(_ mapping: PayloadMapping) throws(EditError) -> Record? {
            try state.editing(
                to: value,
                author: "operator",
                form: .json,
                mapping: mapping,
                allowsEmpty: false
            )
        }
        #expect(try edit(PayloadMapping()) != nil)
        let mapping = PayloadMapping(element: "document", attribute: "text")
        #expect(throws: EditError.self) { try edit(mapping) }
    }

    @Test func `emptying on purpose is told from an edit, and done once`() throws {
        var state = DocumentState.synced(["a": 1])
        let record = try #require(try state.clearing(author: "operator", form: .json))
        #expect(record.event == .cleared)
        try state.fold(try Record(json: record.json))
        #expect(state.local?.value == [:])
        #expect(state.hasUnsaved)
        #expect(try state.clearing(author: "operator", form: .json) == nil)
        #expect(try DocumentState().clearing(author: "operator", form: .json) == nil)
    }

    @Test func `a document kept as nodes is not emptied to what looks like none`() {
        var state = DocumentState()
        state.local = Content(value: ["_name": "user_data", "_content": ["x"]], form: .nodes)
        let error = #expect(throws: EditError.self) {
            try state.clearing(author: "operator", form: .json)
        }
        #expect(error?.message.contains("empty user data") == true)
    }
}
