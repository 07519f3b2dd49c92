import JSONDocument
import Testing

/// Patches of one place, against the same edits of the whole document.
@Suite struct PlacePatchTests {
    @Test(arguments: [
        ("/a", "2", #"[{"op":"replace","path":"/a","value":2}]"#), ("/a", "1.0", "[]"),
        ("/zero", "-0", "[]"), ("/new", "1", #"[{"op":"add","path":"/new","value":1}]"#),
        ("/list/-", "5", #"[{"op":"add","path":"/list/3","value":5}]"#),
        ("/list/1", "6", #"[{"op":"replace","path":"/list/1","value":6}]"#), ("/list/1", "5", "[]"),
        ("/x/y/z", "1", #"[{"op":"add","path":"/x","value":{"y":{"z":1}}}]"#),
        ("/o", #"{"p":1,"q":3}"#, #"[{"op":"replace","path":"/o/q","value":3}]"#),
        ("/o/p", "1e0", "[]"), ("", #"{"a":1,"list":[5,5,5],"o":{"q":2,"p":1},"zero":0}"#, "[]"),
    ])
    func `Setting a value says what changes there and no more`(
        pointer: String,
        value: String,
        expected: String
    ) throws {
        let document = try JSONValue(
            parsing: #"{"a":1,"zero":0,"list":[5,5,5],"o":{"p":1.0,"q":2}}"#
        )
        let patch = try document.patch(
            setting: JSONValue(parsing: value),
            at: JSONPointer(parsing: pointer),
            creatingParents: true
        )
        #expect(patch.json.text() == expected)
    }

    @Test(arguments: (0..<500).map { UInt64($0) })
    func `A patch of one place does what the edit does and is as small as a difference`(
        seed: UInt64
    ) throws {
        var random = RandomJSON(seed: seed)
        let document = JSONValue.object(random.object(depth: 4))
        let pointer = random.pointer(into: document)
        let old = try? document.value(at: pointer)
        let value = old.map { random.below(3) == 0 ? $0 : random.variation(of: $0) }
        let new = value ?? random.value(depth: 2)
        let creates = random.below(2) == 0
        var edited = document
        do {
            try edited.set(new, at: pointer, creatingParents: creates)
        } catch {
            #expect(throws: error, "seed \(seed)") {
                try document.patch(setting: new, at: pointer, creatingParents: creates)
            }
            return
        }
        let patch = try document.patch(setting: new, at: pointer, creatingParents: creates)
        let difference = document.difference(to: edited)
        #expect(try document.applying(patch) == edited, "seed \(seed)")
        #expect(patch.isEmpty == (document == edited), "seed \(seed)")
        let (size, limit) = (patch.json.serialized().count, difference.json.serialized().count)
        #expect(size <= limit, "seed \(seed)")
    }

    @Test(arguments: (0..<500).map { UInt64($0) })
    func `A patch takes out the very element that was named`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let document = JSONValue.object(random.object(depth: 4))
        let pointer = random.pointer(into: document)
        var edited = document
        do {
            try edited.remove(at: pointer)
        } catch {
            #expect(throws: error, "seed \(seed)") { try document.patch(removing: pointer) }
            return
        }
        let patch = try document.patch(removing: pointer)
        // In every literal: of two elements that are equal by value the other one stays.
        #expect(try document.applying(patch).text() == edited.text(), "seed \(seed)")
    }
}

extension RandomJSON {
    /// A way into the value, mostly one that leads somewhere.
    fileprivate mutating func pointer(into value: JSONValue) -> JSONPointer {
        guard below(5) > 0 else { return JSONPointer() }
        switch value {
        case .object(let object) where !object.isEmpty && below(6) > 0:
            let member = object[below(object.count)]
            let rest = pointer(into: member.value)
            return JSONPointer(tokens: [member.name] + rest.tokens)
        case .array(let elements) where !elements.isEmpty && below(6) > 0:
            let index = below(elements.count)
            let rest = pointer(into: elements[index])
            return JSONPointer(tokens: [JSONString(String(index))] + rest.tokens)
        default:
            let tokens: [JSONString] = ["-", "0", "new", "a/b", "~"]
            return JSONPointer(tokens: (0...below(3)).map { _ in tokens[below(tokens.count)] })
        }
    }
}
