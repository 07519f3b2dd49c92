/// Changes in place. A payload is taken out of the enum before it is changed and put back after
/// it: were it in two places, every change would copy the array or object.
extension JSONValue {
    /// Changes the value that the tokens lead to. A missing one is made where `creatingFor` names
    /// the token that will follow.
    mutating func update<Result>(
        _ tokens: ArraySlice<JSONString>,
        _ creatingFor: JSONString? = nil,
        from start: Int = 0,
        _ body: (inout JSONValue) throws(JSONPointerError) -> Result
    ) throws(JSONPointerError) -> Result {
        guard start < tokens.endIndex else { return try body(&self) }
        let token = tokens[start]
        let place = tokens[..<start]
        // What a missing value is made for, if it may be made.
        let next = creatingFor.map { start + 1 < tokens.endIndex ? tokens[start + 1] : $0 }
        if var object = takeObject() {
            defer { self = .object(object) }
            if let slot = object.slot(of: token) {
                return try object.update(slot: slot) { (member) throws(JSONPointerError) in
                    try member.update(tokens, creatingFor, from: start + 1, body)
                }
            }
            guard let next else { throw .noMember(token, at: place) }
            var made = Self.parent(of: next)
            let result = try made.update(tokens, creatingFor, from: start + 1, body)
            object.append(token, made)
            return result
        }
        if var elements = takeArray() {
            defer { self = .array(elements) }
            if token == "-", let next {
                var made = Self.parent(of: next)
                let result = try made.update(tokens, creatingFor, from: start + 1, body)
                elements.append(made)
                return result
            }
            let index = try Self.index(token, in: elements.count, at: place)
            return try elements[index].update(tokens, creatingFor, from: start + 1, body)
        }
        throw .notContainer(self, token, at: place)
    }

    /// What is made where a parent of that token is missing.
    private static func parent(of token: JSONString) -> JSONValue {
        token == "-" ? .array([]) : .object(JSONObject())
    }

    /// Adds a member, or inserts an element (RFC 6902, section 4.1).
    mutating func add(
        _ value: JSONValue,
        _ token: JSONString,
        at place: ArraySlice<JSONString>
    ) throws(JSONPointerError) {
        if var object = takeObject() {
            object[token] = value
            self = .object(object)
        } else if var elements = takeArray() {
            defer { self = .array(elements) }
            let isEnd = token == "-" || token == JSONString(String(elements.count))
            let index =
                isEnd ? elements.count : try Self.index(token, in: elements.count, at: place)
            elements.insert(value, at: index)
        } else {
            throw .notContainer(self, token, at: place)
        }
    }

    /// Takes out a member or element.
    mutating func remove(
        _ token: JSONString,
        at place: ArraySlice<JSONString>
    ) throws(JSONPointerError) -> JSONValue {
        if var object = takeObject() {
            defer { self = .object(object) }
            guard let value = object.removeValue(named: token) else {
                throw .noMember(token, at: place)
            }
            return value
        }
        if var elements = takeArray() {
            defer { self = .array(elements) }
            return elements.remove(
                at: try Self.index(token, in: elements.count, at: place)
            )
        }
        throw .notContainer(self, token, at: place)
    }

    /// Replaces an element that is there.
    mutating func replaceElement(at index: Int, with value: JSONValue) {
        guard var elements = takeArray() else { return }
        elements[index] = value
        self = .array(elements)
    }

    /// The members, which leave this value, where it is an object. Not inlined, because the copy
    /// that the pattern makes must have ended before the caller changes them.
    @inline(never)
    mutating func takeObject() -> JSONObject? {
        guard case .object(let object) = self else { return nil }
        self = .null
        return object
    }

    /// The elements, which leave this value, where it is an array; not inlined for that reason too.
    @inline(never)
    mutating func takeArray() -> [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        self = .null
        return elements
    }
}
