import ArmSync
import CLinux
import JSONDocument

/// One place that somebody has to decide about, and what stands there on every side.
struct ConflictPlace {
    /// The place, the same name on every side: `/reports/{id=7}/title`.
    let name: JSONPointer
    let base: JSONValue?
    let mine: JSONValue?
    let theirs: JSONValue?
    private let conflict: MergeConflict?

    init(_ conflict: MergeConflict) {
        self.conflict = conflict
        (name, base) = (conflict.name, conflict.base)
        (mine, theirs) = (conflict.mine, conflict.theirs)
    }

    /// A document that is held as a whole.
    init(wholeOf state: DocumentState) {
        conflict = nil
        name = JSONPointer()
        base = state.base.content?.value
        mine = state.local?.value
        switch state.remote {
        case .value(let content): theirs = content.value
        case .absent, .foreign: theirs = nil
        // Held for what local is: the server still holds base.
        case nil: theirs = base
        }
    }

    private init(
        _ name: JSONPointer,
        base: JSONValue?,
        mine: JSONValue?,
        theirs: JSONValue?
    ) {
        conflict = nil
        self.name = name
        (self.base, self.mine, self.theirs) = (base, mine, theirs)
    }

    func isAtOrInside(_ pointer: JSONPointer) -> Bool {
        conflict?.isAtOrInside(pointer) ?? pointer.tokens.isEmpty
    }

    /// Whether the pointer means just this place, and not something around it.
    func isAt(_ pointer: JSONPointer) -> Bool {
        name == pointer || conflict?.minePointer == pointer
    }

    /// What a pointer into this place leads to; nil where it leads elsewhere.
    func part(at pointer: JSONPointer) -> ConflictPlace? {
        guard pointer.isAtOrInside(name) else { return nil }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst(name.tokens.count)))
        func part(_ value: JSONValue?) -> JSONValue? { value.flatMap { try? $0.value(at: rest) } }
        return ConflictPlace(pointer, base: part(base), mine: part(mine), theirs: part(theirs))
    }

    /// What tells whether somebody decides about what he was shown.
    var digest: ConflictDigest {
        ConflictDigest(of: [[.string(name.string)], side(base), side(mine), side(theirs)])
    }

    private func side(_ value: JSONValue?) -> JSONValue { value.map { [$0] } ?? [] }

    /// The members of a line of `conflicts --json`: a side that lacks the value has no such member.
    var json: JSONObject {
        var object = JSONObject()
        object["pointer"] = .string(name.string)
        object["base"] = base
        object["mine"] = mine
        object["theirs"] = theirs
        object["mine_pointer"] = (conflict?.minePointer).map { .string($0.string) }
        object["theirs_pointer"] = (conflict?.theirsPointer).map { .string($0.string) }
        object["digest"] = .string(JSONString(digest.text))
        return object
    }
}

/// A few letters that are others where a conflict has moved since it was shown.
struct ConflictDigest: Hashable {
    let text: String

    init(of sides: JSONValue) {
        let bytes = sides.serialized()
        let sum = bytes.withUnsafeBytes { clinux_crc32c(0, $0.baseAddress, $0.count) }
        let digits = String(sum, radix: 16)
        text = String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// That of one place, or of several together.
    init(of places: [ConflictPlace]) {
        if places.count == 1 {
            self = places[0].digest
        } else {
            self.init(of: .array(places.map { .string(JSONString($0.digest.text)) }))
        }
    }
}
