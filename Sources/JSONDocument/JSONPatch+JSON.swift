extension JSONPatch {
    /// Reads the JSON form of a patch. Members that no operation has are passed over, as section 4
    /// asks.
    public init(json: JSONValue) throws(JSONPatchError) {
        guard case .array(let elements) = json else {
            throw JSONPatchError(message: "a patch is an array of operations, not \(json.kind)")
        }
        operations = []
        operations.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                operations.append(try Operation(json: element))
            } catch {
                throw JSONPatchError(operation: index, message: error.message)
            }
        }
    }

    /// The JSON form: an array of operations.
    public var json: JSONValue { .array(operations.map(\.json)) }
}

extension JSONPatch.Operation {
    /// Reads one operation.
    init(json: JSONValue) throws(JSONPatchError) {
        guard case .object(let object) = json else {
            throw JSONPatchError(message: "an operation is an object, not \(json.kind)")
        }
        switch try Self.string("op", in: object) {
        case "add":
            self = .add(try Self.pointer("path", in: object), try Self.value(in: object))
        case "remove": self = .remove(try Self.pointer("path", in: object))
        case "replace":
            self = .replace(try Self.pointer("path", in: object), try Self.value(in: object))
        case "move":
            self = .move(
                from: try Self.pointer("from", in: object),
                to: try Self.pointer("path", in: object)
            )
        case "copy":
            self = .copy(
                from: try Self.pointer("from", in: object),
                to: try Self.pointer("path", in: object)
            )
        case "test":
            self = .test(try Self.pointer("path", in: object), try Self.value(in: object))
        case let unknown:
            throw JSONPatchError(
                message: "there is no operation \(unknown.quoted): "
                    + "\"op\" is add, remove, replace, move, copy or test"
            )
        }
    }

    /// The JSON form.
    var json: JSONValue {
        switch self {
        case .add(let path, let value):
            ["op": "add", "path": .string(path.string), "value": value]
        case .remove(let path): ["op": "remove", "path": .string(path.string)]
        case .replace(let path, let value):
            ["op": "replace", "path": .string(path.string), "value": value]
        case .move(let from, let path):
            ["op": "move", "from": .string(from.string), "path": .string(path.string)]
        case .copy(let from, let path):
            ["op": "copy", "from": .string(from.string), "path": .string(path.string)]
        case .test(let path, let value):
            ["op": "test", "path": .string(path.string), "value": value]
        }
    }

    private static func string(
        _ name: JSONString,
        in object: JSONObject
    ) throws(JSONPatchError) -> JSONString {
        switch object[name] {
        case .string(let string): return string
        case nil: throw JSONPatchError(message: "the operation has no \(name.quoted)")
        case let other?:
            throw JSONPatchError(message: "\(name.quoted) must be a string, not \(other.kind)")
        }
    }

    private static func pointer(
        _ name: JSONString,
        in object: JSONObject
    ) throws(JSONPatchError) -> JSONPointer {
        let string = try string(name, in: object)
        do {
            return try JSONPointer(parsing: string)
        } catch {
            throw JSONPatchError(message: "\(name.quoted) is no pointer: \(error.message)")
        }
    }

    private static func value(in object: JSONObject) throws(JSONPatchError) -> JSONValue {
        guard let value = object["value"] else {
            throw JSONPatchError(message: "the operation has no \"value\"")
        }
        return value
    }
}
