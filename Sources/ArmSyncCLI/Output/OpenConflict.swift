import ArmProtocol
import ArmSync
import JSONDocument

/// A document that is held over what the server holds.
struct OpenConflict {
    let key: DocumentKey
    let reason: HeldReason
    let base: JSONValue?
    let mine: JSONValue?
    let theirs: JSONValue?
    /// What the server holds, where that is no document of ours.
    let foreign: ForeignContent?

    /// Nil where the document is not held, or over something else.
    init?(_ key: DocumentKey, _ state: DocumentState, _ settings: SyncSettings) {
        guard let reason = state.heldReason(of: key, in: settings), let remote = state.remote,
            reason != .foreignServer
        else { return nil }
        self.key = key
        self.reason = reason
        base = state.base.content?.value
        mine = state.local?.value
        switch remote {
        case .absent: (theirs, foreign) = (nil, nil)
        case .value(let content): (theirs, foreign) = (content.value, nil)
        case .foreign(let content): (theirs, foreign) = (nil, content)
        }
    }

    /// One line of `conflicts --json`: the sides at a pointer. One that lacks the value has no such
    /// member.
    func json(at pointer: JSONPointer = JSONPointer()) -> JSONValue {
        var object = key.json
        object["pointer"] = .string(pointer.string)
        for (name, side) in [("base", base), ("mine", mine), ("theirs", theirs)] {
            object[JSONString(name)] = side.flatMap { try? $0.value(at: pointer) }
        }
        object["held_because"] = .string(JSONString(reason.rawValue))
        return .object(object)
    }
}
