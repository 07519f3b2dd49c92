import JSONDocument
import Testing

@Suite struct PatchTests {
    /// RFC 6902, appendix A.
    static let examples: [PatchCase] = [
        PatchCase(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/baz","value":"qux"}]"#,
            #"{"foo":"bar","baz":"qux"}"#
        ),
        PatchCase(
            #"{"foo":["bar","baz"]}"#,
            #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
            #"{"foo":["bar","qux","baz"]}"#
        ),
        PatchCase(
            #"{"baz":"qux","foo":"bar"}"#,
            #"[{"op":"remove","path":"/baz"}]"#,
            #"{"foo":"bar"}"#
        ),
        PatchCase(
            #"{"foo":["bar","qux","baz"]}"#,
            #"[{"op":"remove","path":"/foo/1"}]"#,
            #"{"foo":["bar","baz"]}"#
        ),
        PatchCase(
            #"{"baz":"qux","foo":"bar"}"#,
            #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
            #"{"baz":"boo","foo":"bar"}"#
        ),
        PatchCase(
            #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
            #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
            #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
        ),
        PatchCase(
            #"{"foo":["all","grass","cows","eat"]}"#,
            #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
            #"{"foo":["all","cows","eat","grass"]}"#
        ),
        PatchCase(
            #"{"baz":"qux","foo":["a",2,"c"]}"#,
            #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
            #"{"baz":"qux","foo":["a",2,"c"]}"#
        ),
        PatchCase(#"{"baz":"qux"}"#, #"[{"op":"test","path":"/baz","value":"bar"}]"#, nil),
        PatchCase(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
            #"{"foo":"bar","child":{"grandchild":{}}}"#
        ),
        PatchCase(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
            #"{"foo":"bar","baz":"qux"}"#
        ),
        PatchCase(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#, nil),
        PatchCase(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/baz","value":"qux","op":"remove"}]"#,
            nil
        ),
        PatchCase(
            #"{"/":9,"~1":10}"#,
            #"[{"op":"test","path":"/~01","value":10}]"#,
            #"{"/":9,"~1":10}"#
        ),
        PatchCase(#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":"10"}]"#, nil),
        PatchCase(
            #"{"foo":["bar"]}"#,
            #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
            #"{"foo":["bar",["abc","def"]]}"#
        ),
    ]

    @Test(arguments: examples)
    func `The examples of RFC 6902 come out as it says`(example: PatchCase) throws {
        try example.check()
    }

    /// After the categories of the public JSON Patch test suite.
    static let applied: [PatchCase] = [
        PatchCase("{}", "[]", "{}"), PatchCase(#"{"a":1}"#, "[]", #"{"a":1}"#),
        PatchCase(#"{"a":null}"#, #"[{"op":"add","path":"/a","value":1}]"#, #"{"a":1}"#),
        PatchCase("[]", #"[{"op":"add","path":"/0","value":"a"}]"#, #"["a"]"#),
        PatchCase(#""a""#, #"[{"op":"replace","path":"","value":"b"}]"#, #""b""#),
        PatchCase("{}", #"[{"op":"add","path":"","value":[]}]"#, "[]"),
        PatchCase("[]", #"[{"op":"add","path":"","value":{}}]"#, "{}"),
        PatchCase("[]", #"[{"op":"add","path":"/-","value":"a"}]"#, #"["a"]"#),
        PatchCase("{}", #"[{"op":"add","path":"/","value":1}]"#, #"{"":1}"#),
        PatchCase(#"{"a":{}}"#, #"[{"op":"add","path":"/a/","value":1}]"#, #"{"a":{"":1}}"#),
        PatchCase(
            #"{"b":[{"q":1}]}"#,
            #"[{"op":"add","path":"/b/0/a","value":2}]"#,
            #"{"b":[{"q":1,"a":2}]}"#
        ),
        PatchCase(#"{"a":1}"#, #"[{"op":"add","path":"/b","value":null}]"#, #"{"a":1,"b":null}"#),
        PatchCase(#"{"a":1}"#, #"[{"op":"add","path":"/0","value":2}]"#, #"{"a":1,"0":2}"#),
        PatchCase("[1,2]", #"[{"op":"add","path":"/2","value":3}]"#, "[1,2,3]"),
        PatchCase("[1,2]", #"[{"op":"add","path":"/0","value":3}]"#, "[3,1,2]"),
        PatchCase(#"{"1e0":"a"}"#, #"[{"op":"test","path":"/1e0","value":"a"}]"#, #"{"1e0":"a"}"#),
        PatchCase("[1,2]", #"[{"op":"add","path":"/1","value":[3,4]}]"#, "[1,[3,4],2]"),
        PatchCase(
            "[1,2,3,4]",
            #"[{"op":"remove","path":"/1"},{"op":"remove","path":"/2"}]"#,
            "[1,3]"
        ),
        PatchCase(#"[""]"#, #"[{"op":"replace","path":"/0","value":null}]"#, "[null]"),
        PatchCase(#"{"a":"b"}"#, #"[{"op":"replace","path":"","value":{"c":1.0}}]"#, #"{"c":1.0}"#),
        PatchCase(#"{"a":null}"#, #"[{"op":"test","path":"/a","value":null}]"#, #"{"a":null}"#),
        PatchCase(#"{"a":null}"#, #"[{"op":"move","from":"/a","path":"/b"}]"#, #"{"b":null}"#),
        PatchCase(
            #"{"a":null}"#,
            #"[{"op":"copy","from":"/a","path":"/b"}]"#,
            #"{"a":null,"b":null}"#
        ),
        PatchCase(
            #"{"a":[{"b":1,"c":2}]}"#,
            #"[{"op":"test","path":"/a","value":[{"c":2,"b":1e0}]}]"#,
            #"{"a":[{"b":1,"c":2}]}"#
        ),
        PatchCase(#"{"a":1}"#, #"[{"op":"test","path":"","value":{"a":1.0}}]"#, #"{"a":1}"#),
        PatchCase(#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1}"#),
        PatchCase(#"{"a":1}"#, #"[{"op":"move","from":"","path":""}]"#, #"{"a":1}"#),
        PatchCase(
            #"{"a":1,"b":[{"q":2}]}"#,
            #"[{"op":"move","from":"/b/0/q","path":"/b/1"}]"#,
            #"{"a":1,"b":[{},2]}"#
        ),
        PatchCase("[1,[2,[3]]]", #"[{"op":"add","path":"/1/1/-","value":4}]"#, "[1,[2,[3,4]]]"),
        PatchCase(#"{"a":1}"#, #"[{"op":"copy","from":"","path":"/b"}]"#, #"{"a":1,"b":{"a":1}}"#),
        PatchCase(#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
        PatchCase(#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a","path":""}]"#, #"{"b":1}"#),
        PatchCase(#"{"a":1,"ab":2}"#, #"[{"op":"move","from":"/a","path":"/ab"}]"#, #"{"ab":1}"#),
        PatchCase(#"{"й":1}"#, #"[{"op":"remove","path":"/й"}]"#, "{}"),
        PatchCase(
            #"{"\ud800":1}"#,
            #"[{"op":"move","from":"/\ud800","path":"/\udc00"}]"#,
            #"{"\udc00":1}"#
        ),
    ]

    @Test(arguments: applied)
    func `A patch does what its operations say`(example: PatchCase) throws {
        try example.check()
    }
}
