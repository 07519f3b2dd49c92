import ArmProtocol
import ArmSync
import JSONDocument

/// A document that is held over what the server holds.
struct OpenConflict {
    let key: DocumentKey
    let reason: HeldReason
    /// What has to be decided: place by place, or the whole document.
    let places: [ConflictPlace]
    /// What the server holds, where that is no document of ours.
    let foreign: ForeignContent?

    /// Nil where the document is not held, or over something else.
    init?(_ key: DocumentKey, _ state: DocumentState, _ settings: SyncSettings) {
        guard let reason = state.heldReason(of: key, in: settings) else { return nil }
        self.key = key
        self.reason = reason
        var foreign: ForeignContent?
        switch reason {
        case .blind, .foreignServer: return nil
        case .conflict, .serverAltersData:
            places = state.conflicts(by: settings.mergeRules(for: key.application))
                .map(ConflictPlace.init)
        case .remoteEmptied, .foreignContent, .emptySave:
            if case .foreign(let content) = state.remote { foreign = content }
            places = [ConflictPlace(wholeOf: state)]
        }
        self.foreign = foreign
    }

    /// What a pointer means: the places there and inside it, or the part of the one around it.
    func places(at pointer: JSONPointer) -> [ConflictPlace] {
        if pointer.tokens.isEmpty { return places }
        return places.compactMap { place in
            place.isAtOrInside(pointer) ? place : place.part(at: pointer)
        }
    }

    /// The lines of `conflicts --json`.
    func json(at pointer: JSONPointer = JSONPointer()) -> [JSONValue] {
        places(at: pointer).map { place in
            var object = key.json
            for (name, value) in place.json { object[name] = value }
            object["held_because"] = .string(JSONString(reason.rawValue))
            return .object(object)
        }
    }
}
