import JSONDocument

/// RFC 6902 and RFC 7396 once more, as plainly as can be: every step copies what it changes.
enum ReferencePatch {
    private struct Refused: Error {}

    /// What a patch makes of a document; nil where it does not apply.
    static func apply(_ patch: JSONPatch, to document: JSONValue) -> JSONValue? {
        var value = document
        do {
            for operation in patch.operations {
                value = try apply(operation, to: value)
                if value.depth > JSONValue.depthLimit { return nil }
            }
            return value
        } catch {
            return nil
        }
    }

    private static func apply(
        _ operation: JSONPatch.Operation,
        to document: JSONValue
    ) throws -> JSONValue {
        switch operation {
        case .add(let path, let value): return try add(value, document, path.tokens[...])
        case .remove(let path): return try remove(document, path.tokens[...])
        case .replace(let path, let value):
            _ = try find(document, path)
            return path.tokens.isEmpty
                ? value : try change(document, path.tokens[...]) { _ in value }
        case .move(let from, let path):
            let value = try find(document, from)
            if from == path { return document }
            if path.tokens.starts(with: from.tokens) { throw Refused() }
            return try add(value, try remove(document, from.tokens[...]), path.tokens[...])
        case .copy(let from, let path):
            return try add(try find(document, from), document, path.tokens[...])
        case .test(let path, let value):
            if try find(document, path) != value { throw Refused() }
            return document
        }
    }

    private static func find(_ document: JSONValue, _ path: JSONPointer) throws -> JSONValue {
        var value = document
        for token in path.tokens {
            if let member = value.object?[token] {
                value = member
            } else if let elements = value.array {
                value = elements[try index(token, elements.count)]
            } else {
                throw Refused()
            }
        }
        return value
    }

    /// An index of an array of that many elements.
    private static func index(_ token: JSONString, _ count: Int) throws -> Int {
        guard let index = Int(token.text), JSONString(String(index)) == token,
            (0..<count).contains(index)
        else { throw Refused() }
        return index
    }

    /// The document with the value at a place made another.
    private static func change(
        _ document: JSONValue,
        _ path: ArraySlice<JSONString>,
        _ body: (JSONValue) throws -> JSONValue
    ) throws -> JSONValue {
        guard let token = path.first else { return try body(document) }
        let rest = path.dropFirst()
        if var object = document.object {
            guard let member = object[token] else { throw Refused() }
            object[token] = try change(member, rest, body)
            return .object(object)
        }
        if var elements = document.array {
            let index = try index(token, elements.count)
            elements[index] = try change(elements[index], rest, body)
            return .array(elements)
        }
        throw Refused()
    }

    private static func add(
        _ value: JSONValue,
        _ document: JSONValue,
        _ path: ArraySlice<JSONString>
    ) throws -> JSONValue {
        guard let last = path.last else { return value }
        return try change(document, path.dropLast()) { parent in
            if var object = parent.object {
                object[last] = value
                return .object(object)
            }
            guard var elements = parent.array else { throw Refused() }
            let place =
                last == "-" ? elements.count : try index(last, elements.count + 1)
            elements.insert(value, at: place)
            return .array(elements)
        }
    }

    private static func remove(
        _ document: JSONValue,
        _ path: ArraySlice<JSONString>
    ) throws -> JSONValue {
        guard let last = path.last else { throw Refused() }
        return try change(document, path.dropLast()) { parent in
            if var object = parent.object {
                guard object.removeValue(named: last) != nil else { throw Refused() }
                return .object(object)
            }
            guard var elements = parent.array else { throw Refused() }
            elements.remove(at: try index(last, elements.count))
            return .array(elements)
        }
    }

    /// The function of RFC 7396, section 2, line by line.
    static func merge(_ patch: JSONValue, into target: JSONValue) -> JSONValue {
        guard let changes = patch.object else { return patch }
        var result = target.object ?? JSONObject()
        for (name, change) in changes {
            if change == .null {
                result[name] = nil
            } else {
                result[name] = merge(change, into: result[name] ?? .null)
            }
        }
        return .object(result)
    }
}
