import JSONDocument
import Testing

@Suite struct PatchFormTests {
    @Test(arguments: [
        ("{}", "a patch is an array of operations, not an object"),
        ("[1]", "an operation is an object, not a number"),
        ("[[]]", "an operation is an object, not an array"),
        ("[{}]", "the operation has no \"op\""),
        (#"[{"op":1,"path":""}]"#, "\"op\" must be a string, not a number"),
        (
            #"[{"op":"spam","path":"/a","value":1}]"#,
            "there is no operation \"spam\": \"op\" is add, remove, replace, move, copy or test"
        ),
        (
            #"[{"op":"Add","path":"/a","value":1}]"#,
            "there is no operation \"Add\": \"op\" is add, remove, replace, move, copy or test"
        ),
        (#"[{"op":"add","value":1}]"#, "the operation has no \"path\""),
        (#"[{"op":"remove"}]"#, "the operation has no \"path\""),
        (#"[{"op":"add","path":null,"value":1}]"#, "\"path\" must be a string, not null"),
        (
            #"[{"op":"add","path":"a","value":1}]"#,
            "\"path\" is no pointer: a pointer starts with a slash, such as /name"
        ),
        (#"[{"op":"add","path":"/a"}]"#, "the operation has no \"value\""),
        (#"[{"op":"replace","path":"/a"}]"#, "the operation has no \"value\""),
        (#"[{"op":"test","path":"/a"}]"#, "the operation has no \"value\""),
        (#"[{"op":"copy","path":"/a"}]"#, "the operation has no \"from\""),
        (#"[{"op":"move","path":""}]"#, "the operation has no \"from\""),
        (#"[{"op":"move","from":true,"path":""}]"#, "\"from\" must be a string, not a truth value"),
        (
            #"[{"op":"copy","from":"~","path":""}]"#,
            "\"from\" is no pointer: a pointer starts with a slash, such as /name"
        ),
    ])
    func `What is no patch is refused, and why is said`(text: String, message: String) throws {
        let error = try #require(throws: JSONPatchError.self) {
            try JSONPatch(json: JSONValue(parsing: text))
        }
        #expect(error.message == message)
        #expect(error.operation == (text == "{}" ? nil : 0))
    }

    @Test func `A patch is written as it was read`() throws {
        let text = #"""
            [{"op":"add","path":"/a~1b","value":1.0},{"op":"remove","path":"/~0"},\#
            {"op":"replace","path":"","value":null},{"op":"move","from":"/a","path":"/b"},\#
            {"op":"copy","from":"/a","path":"/\ud800"},{"op":"test","path":"/a","value":[]}]
            """#
        let patch = try JSONPatch(json: JSONValue(parsing: text))
        #expect(patch.operations.count == 6)
        #expect(patch.json.text() == text)
    }
}
