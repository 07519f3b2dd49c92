import ArmProtocol
import ArmSync
import JSONDocument

/// Small words for states and what happens to them.
extension Content {
    init(_ value: JSONValue) { self.init(value: value, form: .json) }
}

extension Timestamp {
    static func at(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_795_341_600_000 + seconds * 1000)
    }
}

extension JSONPatch.Operation {
    static func set(_ name: JSONString, _ value: JSONValue) -> JSONPatch.Operation {
        .add(JSONPointer(tokens: [name]), value)
    }

    static func unset(_ name: JSONString) -> JSONPatch.Operation {
        .remove(JSONPointer(tokens: [name]))
    }
}

extension Binding {
    static let test = Binding(server: "http://switch:8086", domain: "biysk.local")
}

extension DocumentState {
    /// A document that is at the server as it is here.
    static func synced(_ value: JSONValue) -> DocumentState {
        var state = DocumentState()
        state.binding = .test
        state.base = .value(Content(value))
        state.local = Content(value)
        return state
    }

    /// Folds one record, as a store does.
    mutating func fold(_ record: Record, at seconds: Int64 = 0) throws(FoldError) {
        try apply(record, sequence: sequence + 1, time: .at(seconds))
    }

    /// Accepts one edit.
    mutating func edit(
        _ operations: JSONPatch.Operation...,
        at seconds: Int64 = 0
    ) throws(FoldError) {
        let edit = Edit(author: "operator", patch: JSONPatch(operations))
        try fold(Record(.edit(edit), event: .edited), at: seconds)
    }

    /// Reads, and folds what that leads to.
    @discardableResult
    mutating func read(
        _ userData: UserData,
        sends: Bool = true,
        at seconds: Int64 = 0
    ) throws(FoldError) -> ReadDecision.Step {
        let decision = afterReading(userData, from: .test, at: .at(seconds), sends: sends)
        if let record = decision.record { try fold(record, at: seconds) }
        return decision.step
    }
}

extension Exchange {
    /// What it is judged to be, where that is a failure.
    var failure: Failure? {
        if case .failure(let failure) = judged { failure } else { nil }
    }
}
