package import JSONDocument

extension JSONValue {
    /// This value with what changed from one to another value elsewhere; nil where this differs from
    /// the first at a place the change touches.
    ///
    /// That a patch applies is not enough: an index may have come to mean another element, and a
    /// member may have been given another value. So everything a change replaces has to be as it was,
    /// and an array it reaches into as a whole.
    package func taking(changesFrom opened: JSONValue, to edited: JSONValue) -> JSONValue? {
        if self == opened { return edited }
        let patch = opened.difference(to: edited)
        let touched = patch.operations.flatMap(\.places).map { $0.upToArray(in: opened) }
        let isFree = touched.allSatisfy { (try? value(at: $0)) == (try? opened.value(at: $0)) }
        return isFree ? try? applying(patch) : nil
    }
}

extension JSONPatch.Operation {
    /// Every place it takes from or writes to.
    fileprivate var places: [JSONPointer] {
        switch self {
        case .add(let path, _), .remove(let path), .replace(let path, _), .test(let path, _):
            [path]
        case .move(let from, let to), .copy(let from, let to):
            [from, to]
        }
    }
}

extension JSONPointer {
    /// The pointer, or the part of it that leads to the first array on its way.
    fileprivate func upToArray(in document: JSONValue) -> JSONPointer {
        for length in tokens.indices {
            let place = JSONPointer(tokens: Array(tokens[..<length]))
            if (try? document.value(at: place))?.array != nil { return place }
        }
        return self
    }
}
