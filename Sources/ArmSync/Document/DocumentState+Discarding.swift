package import ArmProtocol
package import JSONDocument

/// Why nothing can be given up at a place. The document stays as it is.
package enum DiscardError: Error, Hashable, Sendable {
    /// A save is under way or its end is not known: what the server holds is not known either.
    case saveUnderWay
    /// The pointer leads to nothing, neither here nor in what the server had.
    case nothingThere(JSONPointerError)
    /// Elements of the array at this place came or went, so that an index means different ones here
    /// and at the server.
    case elementsShifted(JSONPointer)
    /// What was around it is gone here, too.
    case parentGone(JSONPointer)
    /// The document would no longer be one that can be saved.
    case unsavable(MessageError)
}

extension DocumentState {
    /// Most bytes of JSON that a record keeps of what was given up.
    package static var retiredLimit: Int { 64 << 10 }

    /// The record that makes local what base is, at a place or everywhere; nil where nothing is
    /// unsaved there.
    ///
    /// Where base is not known or is nothing, giving up everything leaves nothing here either.
    ///
    /// - Parameter mapping: how documents are written to the server, which decides what can be.
    package func discarding(
        at place: JSONPointer,
        mapping: PayloadMapping = PayloadMapping()
    ) throws(DiscardError) -> Record? {
        guard sent == nil else { throw .saveUnderWay }
        var next = self
        if place.tokens.isEmpty {
            guard hasUnsaved else { return nil }
            next.takeBase()
        } else {
            let value = try localTakingBase(at: place, mapping)
            guard value != editable else { return nil }
            if value == base.editable {
                next.takeBase()
            } else {
                next.local?.value = value
                next.dropEdits(inside: place)
            }
        }
        return Record(.snapshot(next), event: .discarded, retired: next.retirement(of: local))
    }

    /// The patch that would bring back what local was; nil where it is larger than a record keeps.
    package func retirement(of local: Content?) -> JSONPatch? {
        guard let local else { return nil }
        let patch = editable.difference(to: local.value)
        let isKept = !patch.isEmpty && patch.json.serialized().count <= Self.retiredLimit
        return isKept ? patch : nil
    }

    private mutating func takeBase() {
        if case .foreign(let content) = base {
            // The decision to replace it is given up with the rest.
            base = .unknown
            remote = .foreign(content)
        }
        giveWay()
        trouble = nil
    }

    /// Nothing here is unsaved any more.
    mutating func giveWay() {
        local = base.content
        edits = []
        isReplacement = false
        emptiesOnPurpose = false
        giveUpReturning(ThreeWayMerge())
    }

    private func localTakingBase(
        at place: JSONPointer,
        _ mapping: PayloadMapping
    ) throws(DiscardError) -> JSONValue {
        try checkIndexes(on: place)
        let before = base.editable
        var value = editable
        guard let old = try? before.value(at: place) else {
            do throws(JSONPointerError) {
                try value.remove(at: place)
                return value
            } catch {
                throw .nothingThere(error)
            }
        }
        do throws(JSONPointerError) {
            try value.set(old, at: place)
        } catch {
            throw .parentGone(JSONPointer(tokens: place.tokens.dropLast()))
        }
        do throws(MessageError) {
            try mapping.validate(value, as: local?.form ?? .json)
        } catch {
            throw .unsavable(error)
        }
        return value
    }

    /// An index names the same element on both sides only where both have as many.
    private func checkIndexes(on place: JSONPointer) throws(DiscardError) {
        for length in place.tokens.indices {
            let parent = JSONPointer(tokens: Array(place.tokens[..<length]))
            let ours = (try? editable.value(at: parent))?.array
            let theirs = (try? base.editable.value(at: parent))?.array
            if let ours, let theirs, ours.count != theirs.count {
                throw .elementsShifted(parent)
            }
        }
    }

    /// Forgets the edits of which nothing is left. As long as something is unsaved, one stays to say
    /// since when.
    private mutating func dropEdits(inside place: JSONPointer) {
        let left = edits.filter { !$0.isInside(place) }
        if !left.isEmpty { edits = left }
    }
}

extension Base {
    /// The value that edits by path began from.
    fileprivate var editable: JSONValue { content?.value ?? .object(JSONObject()) }
}
