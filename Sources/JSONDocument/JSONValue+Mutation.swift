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
        switch self {
        case .object(var object):
            if let slot = object.slot(of: token) {
                self = .null
                defer { self = .object(object) }
                return try object.update(slot: slot) { (member) throws(JSONPointerError) in
                    try member.update(tokens, creatingFor, from: start + 1, body)
                }
            }
            guard let creatingFor else { throw .noMember(token, at: place) }
            var made = Self.parent(
                of: start + 1 < tokens.endIndex ? tokens[start + 1] : creatingFor
            )
            let result = try made.update(tokens, creatingFor, from: start + 1, body)
            self = .null
            object.append(token, made)
            self = .object(object)
            return result
        case .array(var elements):
            if token == "-", let creatingFor {
                var made = Self.parent(
                    of: start + 1 < tokens.endIndex ? tokens[start + 1] : creatingFor
                )
                let result = try made.update(tokens, creatingFor, from: start + 1, body)
                self = .null
                elements.append(made)
                self = .array(elements)
                return result
            }
            let index = try Self.index(token, in: elements.count, at: place)
            self = .null
            defer { self = .array(elements) }
            return try elements[index].update(tokens, creatingFor, from: start + 1, body)
        default: throw .notContainer(self, token, at: place)
        }
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
        switch self {
        case .object(var object):
            self = .null
            object[token] = value
            self = .object(object)
        case .array(var elements):
            let index =
                token == "-"
                ? elements.count : try Self.index(token, upTo: elements.count, at: place)
            self = .null
            elements.insert(value, at: index)
            self = .array(elements)
        default: throw .notContainer(self, token, at: place)
        }
    }

    /// The index at which an element may be inserted: the end is one too.
    private static func index(
        _ token: JSONString,
        upTo count: Int,
        at place: ArraySlice<JSONString>
    ) throws(JSONPointerError) -> Int {
        // Only the error's count of elements differs from that of a look-up.
        if token == JSONString(String(count)) { return count }
        return try index(token, in: count, at: place)
    }

    /// Takes out a member or element.
    mutating func remove(
        _ token: JSONString,
        at place: ArraySlice<JSONString>
    ) throws(JSONPointerError) -> JSONValue {
        switch self {
        case .object(var object):
            self = .null
            defer { self = .object(object) }
            guard let value = object.removeValue(named: token) else {
                throw .noMember(token, at: place)
            }
            return value
        case .array(var elements):
            let index = try Self.index(token, in: elements.count, at: place)
            self = .null
            defer { self = .array(elements) }
            return elements.remove(at: index)
        default: throw .notContainer(self, token, at: place)
        }
    }

    /// Replaces an element that is there.
    mutating func replaceElement(at index: Int, with value: JSONValue) {
        guard case .array(var elements) = self else { return }
        self = .null
        elements[index] = value
        self = .array(elements)
    }
}
