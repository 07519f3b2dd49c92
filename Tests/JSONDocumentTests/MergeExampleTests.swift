import JSONDocument
import Testing

@Suite struct MergeExampleTests {
    @Test(arguments: [
        MergeCase(
            "Two filters are changed",
            base: #"{"queue":"sales","from":"09:00","group":null}"#,
            mine: #"{"queue":"support","from":"09:00","group":null}"#,
            theirs: #"{"queue":"sales","from":"08:00","group":null}"#,
            merged: #"{"queue":"support","from":"08:00","group":null}"#
        ),
        MergeCase(
            "Both change one filter alike",
            base: #"{"queue":"sales"}"#,
            mine: #"{"queue":"support"}"#,
            theirs: #"{"queue":"support"}"#,
            merged: #"{"queue":"support"}"#
        ),
        MergeCase(
            "Both change one filter differently",
            base: #"{"filter":{"queue":"sales","from":"09:00"}}"#,
            mine: #"{"filter":{"queue":"support","from":"09:00"}}"#,
            theirs: #"{"filter":{"queue":"night","from":"08:00"}}"#,
            merged: #"{"filter":{"queue":"support","from":"08:00"}}"#,
            conflicts: ["/filter/queue"]
        ),
        MergeCase(
            "One side removes what the other one left alone",
            base: #"{"a":1,"b":{"c":2}}"#,
            mine: #"{"a":1}"#,
            theirs: #"{"a":5,"b":{"c":2.0}}"#,
            merged: #"{"a":5}"#
        ),
        MergeCase(
            "One side removes what the other one changed",
            base: #"{"a":1,"b":{"c":2}}"#,
            mine: #"{"a":1}"#,
            theirs: #"{"a":1,"b":{"c":3}}"#,
            merged: #"{"a":1}"#,
            conflicts: ["/b"]
        ),
        MergeCase(
            "One side makes an object a number, the other changes the object",
            base: #"{"a":{"b":1}}"#,
            mine: #"{"a":7}"#,
            theirs: #"{"a":{"b":2}}"#,
            merged: #"{"a":7}"#,
            conflicts: ["/a"]
        ),
        MergeCase(
            "Both replace a number by an object",
            base: #"{"a":0}"#,
            mine: #"{"a":{"b":1}}"#,
            theirs: #"{"a":{"c":2}}"#,
            merged: #"{"a":{"b":1}}"#,
            conflicts: ["/a"]
        ),
        MergeCase(
            "Another spelling is no change, and stays",
            base: #"{"a":1,"b":2,"c":3}"#,
            mine: #"{"a":1.0,"b":2,"c":4}"#,
            theirs: #"{"c":3.0,"b":2e0,"a":1}"#,
            merged: #"{"c":4,"b":2e0,"a":1.0}"#
        ),
        MergeCase(
            "Names that only look alike are two",
            base: "{}",
            mine: #"{"й":1}"#,
            theirs: "{\"и\u{306}\":2}",
            merged: "{\"и\u{306}\":2,\"й\":1}"
        ),
    ])
    func `Objects merge member by member`(example: MergeCase) throws {
        try example.check()
    }

    @Test(arguments: [
        MergeCase(
            "One renames a report, the other one shares another",
            base: #"[{"id":1,"title":"Day"},{"id":2,"title":"Week","shared":false}]"#,
            mine: #"[{"id":1,"title":"Shift"},{"id":2,"title":"Week","shared":false}]"#,
            theirs: #"[{"id":1,"title":"Day"},{"id":2,"title":"Week","shared":true}]"#,
            merged: #"[{"id":1,"title":"Shift"},{"id":2,"title":"Week","shared":true}]"#
        ),
        MergeCase(
            "Both rename one report",
            base: #"{"reports":[{"id":3},{"id":7,"title":"Day"}]}"#,
            mine: #"{"reports":[{"id":3},{"id":7,"title":"Mine"}]}"#,
            theirs: #"{"reports":[{"id":7,"title":"Theirs"}]}"#,
            merged: #"{"reports":[{"id":7,"title":"Mine"}]}"#,
            conflicts: ["/reports/{id=7}/title"]
        ),
        MergeCase(
            "One removes a report that the other one changes",
            base: #"{"reports":[{"id":"a1","title":"Day"},{"id":"b2"}]}"#,
            mine: #"{"reports":[{"id":"b2"}]}"#,
            theirs: #"{"reports":[{"id":"a1","title":"Shift"},{"id":"b2"}]}"#,
            merged: #"{"reports":[{"id":"b2"}]}"#,
            conflicts: ["/reports/{id=a1}"]
        ),
        MergeCase(
            "Both add the same identity",
            base: #"[]"#,
            mine: #"[{"id":1,"title":"Day","shared":true}]"#,
            theirs: #"[{"id":1.0,"title":"Week","columns":[]}]"#,
            merged: #"[{"id":1,"title":"Day","columns":[],"shared":true}]"#,
            conflicts: ["/{id=1}/title"]
        ),
        MergeCase(
            "A number and its text are two identities",
            base: #"[{"id":1,"t":0}]"#,
            mine: #"[{"id":1,"t":1}]"#,
            theirs: #"[{"id":1,"t":0},{"id":"1","t":2}]"#,
            merged: #"[{"id":1,"t":1},{"id":"1","t":2}]"#
        ),
        MergeCase(
            "One moves a report, the other one changes it",
            base: #"[{"id":1},{"id":2},{"id":3,"t":0}]"#,
            mine: #"[{"id":3,"t":0},{"id":1},{"id":2}]"#,
            theirs: #"[{"id":1},{"id":2},{"id":3,"t":1}]"#,
            merged: #"[{"id":3,"t":1},{"id":1},{"id":2}]"#
        ),
        MergeCase(
            "Names of identities that need quotes",
            base: #"[{"id":"7","t":0},{"id":"a b","t":0},{"id":1.50,"t":0}]"#,
            mine: #"[{"id":"7","t":1},{"id":"a b","t":1},{"id":1.5,"t":1}]"#,
            theirs: #"[{"id":"7","t":2},{"id":"a b","t":2},{"id":15e-1,"t":2}]"#,
            merged: #"[{"id":"7","t":1},{"id":"a b","t":1},{"id":1.5,"t":1}]"#,
            conflicts: [#"/{id="7"}/t"#, #"/{id="a b"}/t"#, "/{id=1.5}/t"]
        ),
        MergeCase(
            "An identity that stands twice makes the array one value",
            base: #"[{"id":1,"t":0},{"id":1,"t":0}]"#,
            mine: #"[{"id":1,"t":1},{"id":1,"t":0}]"#,
            theirs: #"[{"id":1,"t":2},{"id":1,"t":0}]"#,
            merged: #"[{"id":1,"t":1},{"id":1,"t":0}]"#,
            conflicts: [""]
        ),
    ])
    func `Elements with identities merge wherever they stand`(example: MergeCase) throws {
        try example.check()
    }

    @Test(arguments: [
        MergeCase(
            "One adds an operator, the other one removes one",
            base: #"{"operatorIds":[101,102,103]}"#,
            mine: #"{"operatorIds":[101,102,103,104]}"#,
            theirs: #"{"operatorIds":[101,103]}"#,
            merged: #"{"operatorIds":[101,103,104]}"#
        ),
        MergeCase(
            "Both add the same operator",
            base: #"["101"]"#,
            mine: #"["101","102"]"#,
            theirs: #"["102","101"]"#,
            merged: #"["102","101"]"#
        ),
        MergeCase(
            "One empties the set, the other one adds",
            base: "[1,2]",
            mine: "[]",
            theirs: "[1,2,3]",
            merged: "[3]"
        ),
        MergeCase(
            "Both make the set",
            base: nil,
            mine: "[2,1]",
            theirs: "[3,1]",
            merged: "[2,3,1]"
        ),
    ])
    func `Arrays of different scalars merge as sets`(example: MergeCase) throws {
        try example.check()
    }

    @Test(arguments: [
        MergeCase(
            "Changes apart",
            base: "[1,1,2,2,3,3]",
            mine: "[1,1,9,2,2,3,3]",
            theirs: "[1,1,2,2,3]",
            merged: "[1,1,9,2,2,3]"
        ),
        MergeCase(
            "Another run each, of objects without identity",
            base: #"[{"from":1},{"from":2},{"from":3}]"#,
            mine: #"[{"from":0},{"from":2},{"from":3}]"#,
            theirs: #"[{"from":1},{"from":2},{"from":4},{"from":5}]"#,
            merged: #"[{"from":0},{"from":2},{"from":4},{"from":5}]"#
        ),
        MergeCase(
            "Changes of one element",
            base: #"{"cells":[[1],[2],[3]]}"#,
            mine: #"{"cells":[[1],[8],[3]]}"#,
            theirs: #"{"cells":[[1],[9],[3]]}"#,
            merged: #"{"cells":[[1],[8],[3]]}"#,
            conflicts: ["/cells"]
        ),
        MergeCase(
            "Changes that touch",
            base: "[1,1,2,3,3]",
            mine: "[1,1,8,3,3]",
            theirs: "[1,1,2,9,3]",
            merged: "[1,1,8,3,3]",
            conflicts: [""]
        ),
        MergeCase(
            "The same change, and one more",
            base: "[1,1,2,3]",
            mine: "[7,1,2,3]",
            theirs: "[7,1,2,3,3]",
            merged: "[7,1,2,3,3]"
        ),
        MergeCase(
            "Both make an array of repeated values",
            base: nil,
            mine: "[1,1]",
            theirs: "[1,1,1]",
            merged: "[1,1]",
            conflicts: [""]
        ),
    ])
    func `Other arrays merge by runs`(example: MergeCase) throws {
        try example.check()
    }

    @Test(arguments: [
        MergeCase(
            "Objects over nothing",
            base: nil,
            mine: #"{"a":1,"b":1,"c":{"d":1}}"#,
            theirs: #"{"a":1.0,"b":2,"c":{"e":2}}"#,
            merged: #"{"a":1,"b":1,"c":{"d":1,"e":2}}"#,
            conflicts: ["/b"]
        ),
        MergeCase(
            "An object and a number over nothing",
            base: nil,
            mine: "{}",
            theirs: "1",
            merged: "{}",
            conflicts: [""]
        ),
        MergeCase("Nothing on one side", base: nil, mine: nil, theirs: "1", merged: "1"),
        MergeCase("Removed by one side", base: "1", mine: nil, theirs: "1.0", merged: nil),
        MergeCase("Removed by both", base: "1", mine: nil, theirs: nil, merged: nil),
        MergeCase(
            "Removed and changed",
            base: "1",
            mine: nil,
            theirs: "2",
            merged: nil,
            conflicts: [""]
        ),
        MergeCase("Null is a value", base: nil, mine: "null", theirs: "null", merged: "null"),
    ])
    func `A version may be absent`(example: MergeCase) throws {
        try example.check()
    }
}
