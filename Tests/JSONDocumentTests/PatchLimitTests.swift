import JSONDocument
import Testing

@Suite struct PatchLimitTests {
    @Test func `Copies that double the document are refused before memory is full`() throws {
        let copies = (0..<64).map { number in
            JSONPatch.Operation.copy(
                from: JSONPointer(),
                to: JSONPointer(tokens: [JSONString("\(number)")])
            )
        }
        let document: JSONValue = ["text": .string(JSONString(String(repeating: "x", count: 1000)))]
        let error = try #require(throws: JSONPatchError.self) {
            try document.applying(JSONPatch(copies))
        }
        #expect(error.message == "the patch copies more than a document can hold")
        #expect(try #require(error.operation) < 20)
        let some = try document.applying(JSONPatch(Array(copies[..<3])), copyLimit: 10_000)
        #expect(some.object?.count == 4)
        #expect(throws: JSONPatchError.self) {
            try document.applying(JSONPatch(Array(copies[..<4])), copyLimit: 10_000)
        }
    }

    @Test(arguments: ["add", "replace", "move", "copy"])
    func `No operation nests deeper than the parser reads back`(operation: String) throws {
        let wide = JSONPointer(tokens: Array(repeating: "0", count: 256))
        let nested = try JSONValue(
            parsing: String(repeating: "[", count: 257) + String(repeating: "]", count: 257)
        )
        let document: JSONValue = ["a": nested, "b": nested]
        let target = JSONPointer(tokens: ["a"] + wide.tokens + ["0"])
        let source = JSONPointer(tokens: ["b"])
        func patch(_ from: JSONPointer) throws -> JSONPatch {
            let value = try document.value(at: from)
            return switch operation {
            case "add": JSONPatch([.add(target, value)])
            case "replace": JSONPatch([.add(target, 0), .replace(target, value)])
            case "move": JSONPatch([.move(from: from, to: target)])
            default: JSONPatch([.copy(from: from, to: target)])
            }
        }
        let error = try #require(throws: JSONPatchError.self) {
            try document.applying(patch(source))
        }
        #expect(error.message == "arrays and objects would lie more than 512 deep")
        let fits = try document.applying(patch(JSONPointer(tokens: ["b", "0", "0", "0"])))
        #expect(fits.depth == 512)
        #expect(try JSONValue(parsing: fits.serialized()) == fits)
    }

    /// A copy of the document for every operation would take this test over its limit.
    @Test(.timeLimit(.minutes(1)))
    func `Many operations on a large document take time with their number only`() throws {
        let count = 30_000
        let list = JSONValue.array((0..<count).map { ["number": .number(JSONNumber($0))] })
        var object = JSONObject()
        for number in 0..<count { object[JSONString("member \(number)")] = .bool(true) }
        let document: JSONValue = ["list": list, "object": .object(object)]
        var operations: [JSONPatch.Operation] = []
        for number in 0..<count {
            let element = JSONPointer(tokens: ["list", JSONString("\(number)")])
            operations.append(.replace(element.appending("number"), .bool(false)))
            operations.append(
                .remove(JSONPointer(tokens: ["object", JSONString("member \(number)")]))
            )
        }
        let patched = try document.applying(JSONPatch(operations))
        #expect(patched["object"]?.object?.isEmpty == true)
        #expect(patched["list"]?.array?.allSatisfy { $0["number"] == false } == true)
        #expect(document["object"]?.object?.count == count)
    }
}
