extension JSONValue {
    /// The value with every operation applied, all or nothing.
    ///
    /// Removing the whole document is refused: it would leave no JSON. `copyLimit` bounds, in bytes
    /// of text, what the `copy` operations may make together.
    public func applying(
        _ patch: JSONPatch,
        copyLimit: Int = JSONPatch.copyLimit
    ) throws(JSONPatchError) -> JSONValue {
        var application = JSONPatchApplication(value: self, copyAllowance: copyLimit)
        for (index, operation) in patch.operations.enumerated() {
            do {
                try application.apply(operation)
            } catch {
                throw JSONPatchError(operation: index, message: error.message)
            }
        }
        return application.value
    }
}

/// A document on its way through a patch. Only what an operation changes is copied, and that once.
struct JSONPatchApplication {
    private(set) var value: JSONValue
    /// The bytes of text that may still be copied.
    private var copyAllowance: Int
    /// At least as deep as the value is; nil until somebody asks.
    private var depthBound: Int?

    init(value: JSONValue, copyAllowance: Int) {
        self.value = value
        self.copyAllowance = copyAllowance
    }

    mutating func apply(_ operation: JSONPatch.Operation) throws(JSONPointerError) {
        switch operation {
        case .add(let path, let added):
            try limitDepth(of: added, at: path)
            try add(added, at: path)
        case .remove(let path): try value.remove(at: path)
        case .replace(let path, let replacement):
            try limitDepth(of: replacement, at: path)
            try replace(replacement, at: path)
        case .move(let from, let path): try move(from: from, to: path)
        case .copy(let from, let path):
            let copied = try value.value(at: from)
            copyAllowance -= copied.weight(upTo: copyAllowance + 1)
            guard copyAllowance >= 0 else {
                throw JSONPointerError(message: "the patch copies more than a document can hold")
            }
            try limitDepth(of: copied, at: path)
            try add(copied, at: path)
        case .test(let path, let expected):
            guard try value.value(at: path) == expected else {
                let place = path.tokens.isEmpty ? "the document" : path.text
                throw JSONPointerError(message: "the test fails: \(place) has another value")
            }
        }
    }

    private mutating func add(
        _ added: JSONValue,
        at path: JSONPointer
    ) throws(JSONPointerError) {
        guard let last = path.tokens.last else {
            value = added
            return
        }
        let parents = path.tokens.dropLast()
        try value.update(parents) { (parent) throws(JSONPointerError) in
            try parent.add(added, last, at: parents)
        }
    }

    private mutating func replace(
        _ replacement: JSONValue,
        at path: JSONPointer
    ) throws(JSONPointerError) {
        try value.update(path.tokens[...]) { (target) throws(JSONPointerError) in
            target = replacement
        }
    }

    private mutating func move(
        from: JSONPointer,
        to path: JSONPointer
    ) throws(JSONPointerError) {
        guard from != path else {
            _ = try value.value(at: from)
            return
        }
        guard !path.isAtOrInside(from) else {
            throw JSONPointerError(
                message: "\(from.tokens.isEmpty ? "the document" : from.text) cannot be moved "
                    + "into itself, to \(path)"
            )
        }
        let moved = try value.remove(at: from)
        let deeper = path.tokens.count - from.tokens.count
        if deeper > 0 {
            // Measuring every moved value would make many moves of a large one quadratic.
            let bound =
                (depthBound ?? max(value.depth, from.tokens.count + moved.depth)) + deeper
            if bound > JSONValue.depthLimit { try limitDepth(of: moved, at: path) }
            depthBound = min(bound, JSONValue.depthLimit)
        }
        try add(moved, at: path)
    }

    private mutating func limitDepth(
        of added: JSONValue,
        at path: JSONPointer
    ) throws(JSONPointerError) {
        guard added.isWithin(depth: JSONValue.depthLimit - path.tokens.count) else {
            throw .tooDeep
        }
        if let bound = depthBound { depthBound = max(bound, path.tokens.count + added.depth) }
    }
}
