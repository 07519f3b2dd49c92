extension JSONValue {
    /// The value at a pointer.
    public func value(at pointer: JSONPointer) throws(JSONPointerError) -> JSONValue {
        var value = self
        for (depth, token) in pointer.tokens.enumerated() {
            let place = pointer.tokens[..<depth]
            switch value {
            case .object(let object):
                guard let member = object[token] else { throw .noMember(token, at: place) }
                value = member
            case .array(let elements):
                value = elements[try Self.index(token, in: elements.count, at: place)]
            default: throw .notContainer(value, token, at: place)
            }
        }
        return value
    }

    /// Puts a value at a pointer, in place: replaces what is there, or adds a member or, at `-`,
    /// an element at the end.
    ///
    /// Where `creatingParents` is true, missing objects on the way are made, and an array where
    /// the next token is `-`. Nothing has changed where an error is thrown.
    public mutating func set(
        _ value: JSONValue,
        at pointer: JSONPointer,
        creatingParents: Bool = false
    ) throws(JSONPointerError) {
        guard value.isWithin(depth: Self.depthLimit - pointer.tokens.count) else {
            throw .tooDeep
        }
        guard let last = pointer.tokens.last else {
            self = value
            return
        }
        let parents = pointer.tokens.dropLast()
        try update(parents[...], creatingParents ? last : nil) {
            (parent) throws(JSONPointerError) in
            if case .array(let elements) = parent, last != "-" {
                let index = try Self.index(last, in: elements.count, at: parents)
                parent.replaceElement(at: index, with: value)
            } else {
                try parent.add(value, last, at: parents)
            }
        }
    }

    /// Takes out the member or element at a pointer and gives it back.
    @discardableResult
    public mutating func remove(at pointer: JSONPointer) throws(JSONPointerError) -> JSONValue {
        guard let last = pointer.tokens.last else { throw .removesDocument }
        let parents = pointer.tokens.dropLast()
        return try update(parents[...]) { (parent) throws(JSONPointerError) in
            try parent.remove(last, at: parents)
        }
    }

    /// The value with another one put at a pointer, as `set(_:at:creatingParents:)` does.
    public func replacing(
        _ pointer: JSONPointer,
        with value: JSONValue,
        creatingParents: Bool = false
    ) throws(JSONPointerError) -> JSONValue {
        var result = self
        try result.set(value, at: pointer, creatingParents: creatingParents)
        return result
    }

    /// The index that a token names among so many elements.
    static func index(
        _ token: JSONString,
        in count: Int,
        at place: ArraySlice<JSONString>
    ) throws(JSONPointerError) -> Int {
        if token == "-" { throw .pastEnd(at: place) }
        guard isIndex(token) else { throw .notIndex(token, at: place) }
        // Digits that do not fit an Int are past the end of every array.
        guard let index = Int(token.text), index < count else {
            throw .noElement(token, of: count, at: place)
        }
        return index
    }

    /// Whether a token has the form of an index (RFC 6901, section 4).
    private static func isIndex(_ token: JSONString) -> Bool {
        token.withBytes { bytes in
            guard let first = bytes.first else { return false }
            return bytes.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
                && (first != UInt8(ascii: "0") || bytes.count == 1)
        }
    }
}
