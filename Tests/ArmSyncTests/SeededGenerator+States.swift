import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import SeededRandom

/// States, records and their parts at random, of values that are easily taken for one another.
extension SeededGenerator {
    mutating func content() -> Content {
        let texts = [
            "{}", #"{"a":1}"#, #"{"a":1.0}"#, #"{"a":1e3,"b":[12345678901234567890]}"#,
            #"{"b":2,"a":1}"#, #"{"й":"\ud800"}"#, #"{"и\u0306":null}"#, "null", #""same_as""#,
            #"{"same_as":"base","foreign":"x"}"#, "[1,1.00,-0]",
        ]
        let value = (try? JSONValue(parsing: texts[below(texts.count)])) ?? .null
        return Content(value: value, form: oneIn(4) ? .nodes : .json)
    }

    mutating func foreign() -> ForeignContent {
        ForeignContent(text: pick("", "{", "й", "и\u{306}"), reason: pick("no JSON", "too deep"))
    }

    mutating func timestamp() -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: 0...253_402_300_799_999, using: &self))
    }

    mutating func base() -> Base {
        switch below(6) {
        case 0: .unknown
        case 1: .absent
        case 2: .foreign(foreign())
        default: .value(content())
        }
    }

    mutating func remote() -> Remote {
        switch below(3) {
        case 0: .absent
        case 1: .foreign(foreign())
        default: .value(content())
        }
    }

    mutating func trouble() -> Trouble {
        let kinds = FailureKind.allCases
        return Trouble(
            kind: kinds[below(kinds.count)],
            code: pick("", "curl 7", "й"),
            message: "it failed",
            detail: oneIn(2) ? "<error/>" : nil,
            since: timestamp(),
            at: timestamp(),
            attempts: 1 + below(1000),
            nextAttempt: timestamp(),
            attentionAt: oneIn(2) ? timestamp() : nil
        )
    }

    mutating func entry() -> OutboxEntry {
        guard !oneIn(3) else {
            return OutboxEntry(count: 1 + below(1000), first: timestamp(), last: timestamp())
        }
        let summary = EditSummary(
            id: below(1000),
            author: pick("", "operator", "й"),
            paths: (0..<below(EditSummary.pathLimit + 1)).map { "/\($0)" },
            operations: below(10)
        )
        let moment = timestamp()
        return OutboxEntry(count: 1, first: moment, last: moment, edit: summary)
    }

    mutating func entries() -> [OutboxEntry] { (0..<below(5)).map { _ in entry() } }

    /// Any state whose parts have the right types, whether or not a history leads to it.
    mutating func state() -> DocumentState {
        var state = DocumentState()
        if oneIn(2) { state.binding = Binding(server: "http://switch:8086", domain: "й.local") }
        state.base = base()
        state.local = oneIn(4) ? nil : oneIn(3) ? state.base.content : content()
        if oneIn(3) {
            let sent = oneIn(2) ? (state.local ?? content()) : content()
            state.sent = Sent(content: sent, time: timestamp(), edits: entries())
        }
        if oneIn(3) { state.remote = remote() }
        state.edits = entries()
        if oneIn(3) { state.trouble = trouble() }
        if oneIn(2) { state.lastReadAt = timestamp() }
        if oneIn(2) { state.lastSavedAt = timestamp() }
        state.isReplacement = oneIn(4)
        state.emptiesOnPurpose = oneIn(4)
        addSaves(to: &state)
        return state
    }

    /// What saves leave behind.
    private mutating func addSaves(to state: inout DocumentState) {
        state.watches = (0..<below(4)).map { _ in
            let before = oneIn(4) ? nil : content().value
            return Watch(savedAt: timestamp(), before: before, isContested: oneIn(2))
        }
        state.ghosts = (0..<below(3)).map { _ in
            Ghost(sentAt: timestamp(), value: content().value)
        }
        if oneIn(3) { state.returning = content().value }
        if oneIn(2) {
            state.lastSave = LastSave(
                savedAt: timestamp(),
                before: oneIn(3) ? nil : content().value,
                after: content().value
            )
        }
        if oneIn(3) {
            let patch = content().value.difference(to: content().value)
            state.alteration = Alteration(
                changes: patch.operations.map {
                    Alteration.Change(operation: $0, isOurs: oneIn(2), isRepeated: oneIn(2))
                }
            )
        }
    }

    mutating func record() -> Record {
        let events = Event.allCases
        let event = events[below(events.count)]
        switch below(4) {
        case 0:
            let retired = content().value.difference(to: content().value)
            return Record(.snapshot(state()), event: event, retired: oneIn(2) ? retired : nil)
        case 1:
            let patch = content().value.difference(to: content().value)
            let edit = Edit(
                author: "й",
                patch: patch,
                form: pick(.json, .nodes),
                sizeBound: oneIn(2) ? below(1000) : nil
            )
            return Record(.edit(edit), event: event)
        case 2: return Record(.sending(readAt: oneIn(2) ? timestamp() : nil), event: event)
        default:
            let note = Note(
                trouble: oneIn(2) ? trouble() : nil,
                closesSent: oneIn(2),
                readAt: oneIn(2) ? timestamp() : nil,
                detail: oneIn(2) ? "a sentence" : nil
            )
            return Record(.note(note), event: event)
        }
    }
}
