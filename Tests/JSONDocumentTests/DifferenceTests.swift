import JSONDocument
import Testing

@Suite struct DifferenceTests {
    @Test(arguments: [
        ("1", "2", #"[{"op":"replace","path":"","value":2}]"#),
        ("{}", "[]", #"[{"op":"replace","path":"","value":[]}]"#),
        (
            #"{"a":1,"b":2}"#, #"{"b":2,"c":3}"#,
            #"[{"op":"remove","path":"/a"},{"op":"add","path":"/c","value":3}]"#
        ),
        (
            #"{"a/b":{"~":1}}"#, #"{"a/b":{"~":2}}"#,
            #"[{"op":"replace","path":"/a~1b/~0","value":2}]"#
        ),
        ("[1,2,3]", "[1,3]", #"[{"op":"remove","path":"/1"}]"#),
        ("[1,3]", "[1,2,3]", #"[{"op":"add","path":"/1","value":2}]"#),
        ("[1,2,3]", "[1,9,3]", #"[{"op":"replace","path":"/1","value":9}]"#),
        ("[1,2,3,4]", "[1,4]", #"[{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}]"#),
        ("[[1,2],[3]]", "[[1,2],[3,4]]", #"[{"op":"add","path":"/1/1","value":4}]"#),
        (
            #"[{"a":1,"b":2},5]"#, #"[{"a":1,"b":3},5]"#,
            #"[{"op":"replace","path":"/0/b","value":3}]"#
        ),
        (
            #"[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":3,"n":"c"}]"#,
            #"[{"id":2,"n":"B"},{"id":3,"n":"C"}]"#,
            #"[{"op":"remove","path":"/0"},{"op":"replace","path":"/0/n","value":"B"},{"op":"replace","path":"/1/n","value":"C"}]"#
        ),
        (#"{"a":1.0,"b":[1e1]}"#, #"{"b":[10],"a":1}"#, "[]"),
        (#"{"a":null}"#, "{}", #"[{"op":"remove","path":"/a"}]"#),
        (
            #"{"a":"й"}"#, "{\"a\":\"и\u{306}\"}",
            "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":\"и\u{306}\"}]"
        ),
    ])
    func `A difference says what changed and no more`(
        old: String,
        new: String,
        expected: String
    ) throws {
        let patch = try JSONValue(parsing: old).difference(to: JSONValue(parsing: new))
        #expect(patch.json.text() == expected)
    }

    @Test(arguments: (0..<3).map { UInt64($0) })
    func `Three changes in ten thousand elements make three operations`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let old = (0..<10_000).map { number -> JSONValue in
            ["id": .number(JSONNumber(number % 5000)), "list": [1, 2]]
        }
        var new = old
        new.remove(at: random.below(3000))
        new[3000 + random.below(3000)] = ["id": "new", "list": [1, 2]]
        new.insert("added", at: 6000 + random.below(3000))
        let patch = JSONValue.array(old).difference(to: .array(new))
        #expect(patch.operations.count == 3, "seed \(seed)")
        #expect(try JSONValue.array(old).applying(patch) == .array(new), "seed \(seed)")
    }

    @Test(arguments: [500, 3000])
    func `Arrays that share little are replaced, and however large soon`(count: Int) throws {
        let old = JSONValue.array((0..<count).map { .number(JSONNumber($0)) })
        for new in [
            JSONValue.array((0..<count).reversed().map { .number(JSONNumber($0)) }),
            .array((0..<count).map { .number(JSONNumber($0 + count)) }), .array([]),
        ] {
            let patch = old.difference(to: new)
            #expect(patch.operations == [.replace(JSONPointer(), new)])
            #expect(try old.applying(patch) == new)
        }
    }

    @Test func `A patch is never much larger than what it makes`() throws {
        var old: JSONValue = .array((0..<50).map { .number(JSONNumber($0)) })
        var new: JSONValue = .array((0..<50).map { .number(JSONNumber(-$0)) })
        for depth in 0..<400 {
            let name = JSONString("a rather long member name \(depth)")
            (old, new) = ([name: old, "b": 1], [name: new, "b": 2])
        }
        let patch = old.difference(to: new)
        #expect(try old.applying(patch) == new)
        #expect(patch.json.serialized().count < 2 * new.serialized().count)
    }

    @Test(arguments: (0..<200).map { UInt64($0) })
    func `Short arrays of few values are turned into one another`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let old = JSONValue.array((0..<random.below(12)).map { _ in .bool(random.below(2) == 0) })
        let new = JSONValue.array((0..<random.below(12)).map { _ in .bool(random.below(2) == 0) })
        #expect(try old.applying(old.difference(to: new)) == new, "seed \(seed)")
    }
}
