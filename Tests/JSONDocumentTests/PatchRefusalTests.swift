import JSONDocument
import Testing

@Suite struct PatchRefusalTests {
    static let refused: [(String, String)] = [
        (#"{"b":[1,2]}"#, #"{"op":"add","path":"/b/8","value":5}"#),
        (#"{"b":[1,2]}"#, #"{"op":"add","path":"/b/-1","value":5}"#),
        ("[1,2]", #"{"op":"add","path":"/3","value":5}"#),
        ("[1,2]", #"{"op":"test","path":"/1e0","value":2}"#),
        ("[1,2]", #"{"op":"add","path":"/b","value":5}"#),
        ("[1,2]", #"{"op":"add","path":"/01","value":5}"#),
        ("[1,2]", #"{"op":"add","path":"/02","value":5}"#),
        (#"{"b":1}"#, #"{"op":"replace","path":"/a/b","value":5}"#),
        (#"{"b":1}"#, #"{"op":"replace","path":"/a","value":5}"#),
        ("[1,2]", #"{"op":"replace","path":"/2","value":5}"#),
        ("[1,2]", #"{"op":"replace","path":"/-","value":5}"#),
        ("[1,2]", #"{"op":"remove","path":"/-"}"#), ("[1,2]", #"{"op":"remove","path":"/2"}"#),
        ("[1,2]", #"{"op":"test","path":"/-","value":2}"#),
        ("[1,2]", #"{"op":"copy","from":"/-","path":"/0"}"#),
        (#"{"a":{"b":[1,2]}}"#, #"{"op":"test","path":"/a","value":[1,2]}"#),
        ("[1,2]", #"{"op":"remove","path":"/1e0"}"#),
        (#"{"a":1}"#, #"{"op":"remove","path":"/b"}"#),
        (#"{"a":1}"#, #"{"op":"remove","path":""}"#),
        (#"{"a":{"b":1}}"#, #"{"op":"move","from":"/a","path":"/a/b"}"#),
        ("[[1]]", #"{"op":"move","from":"/0","path":"/0/0"}"#),
        (#"{"a":1}"#, #"{"op":"move","from":"","path":"/b"}"#),
        (#"{"a":1}"#, #"{"op":"move","from":"/b","path":"/b"}"#),
        (#"{"a":1}"#, #"{"op":"copy","from":"/b","path":"/c"}"#),
        (#"{"a":1}"#, #"{"op":"add","path":"/a/b","value":1}"#),
        (#"{"a":null}"#, #"{"op":"add","path":"/a/b","value":1}"#),
        (#"{"a":"x"}"#, #"{"op":"test","path":"/a/0","value":"x"}"#),
        (#"{"a":"1"}"#, #"{"op":"test","path":"/a","value":1}"#),
        (#"{"a":1}"#, #"{"op":"test","path":"/A","value":1}"#),
        (#"{"й":1}"#, #"{"op":"test","path":"/\u0438\u0306","value":1}"#),
        ("{}", #"{"op":"test","path":"/a","value":null}"#),
    ]

    @Test(arguments: refused)
    func `A patch that does not apply is refused as a whole`(
        document: String,
        operation: String
    ) throws {
        let patch = "[{\"op\":\"add\",\"path\":\"\",\"value\":\(document)},\(operation)]"
        try PatchCase(document, "[\(operation)]", nil).check()
        let error = try #require(throws: JSONPatchError.self) {
            try JSONValue.null.applying(JSONPatch(json: JSONValue(parsing: patch)))
        }
        #expect(error.operation == 1)
        #expect(error.description == "operation 2: \(error.message)")
    }
}
