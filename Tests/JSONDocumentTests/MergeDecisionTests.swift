import JSONDocument
import Testing

@Suite struct MergeDecisionTests {
    private static let base = #"{"reports":[{"id":3},{"id":7,"title":"Day","n":1}],"limit":1}"#
    private static let mine = #"{"reports":[{"id":7,"title":"Mine","n":2},{"id":3}],"limit":2}"#
    private static let theirs = #"{"reports":[{"id":3,"t":9},{"id":7,"title":"Theirs","n":3}]}"#

    private static func merge(
        _ decide: (MergeConflict) -> MergeDecision = { _ in .hold }
    ) throws -> MergeResult {
        try ThreeWayMerge().merge(
            base: JSONValue(parsing: base),
            mine: JSONValue(parsing: mine),
            theirs: JSONValue(parsing: theirs),
            settling: decide
        )
    }

    @Test func `A conflict is found by its name, by its place in mine, and by what is around it`()
        throws
    {
        let result = try Self.merge()
        func names(_ pointer: String) throws -> [String] {
            try result.conflicts(atOrInside: JSONPointer(parsing: pointer)).map(\.name.text)
        }
        let inside = ["/reports/{id=7}/title", "/reports/{id=7}/n"]
        #expect(try names("") == inside + ["/limit"])
        #expect(try names("/reports") == inside)
        #expect(try names("/reports/{id=7}") == inside)
        #expect(try names("/reports/0") == inside)
        #expect(try names("/reports/{id=7}/n") == ["/reports/{id=7}/n"])
        #expect(try names("/reports/0/n") == ["/reports/{id=7}/n"])
        #expect(try names("/reports/1").isEmpty)
        #expect(try names("/reports/{id=\"7\"}").isEmpty)
        #expect(try names("/lim").isEmpty)
    }

    @Test func `A conflict has a place on each side and in the merged document`() throws {
        let result = try Self.merge()
        let conflict = try #require(result.conflicts.first)
        #expect(conflict.minePointer?.text == "/reports/0/title")
        #expect(conflict.theirsPointer?.text == "/reports/1/title")
        let merged = try #require(result.value)
        #expect(conflict.path.pointer(in: merged)?.text == "/reports/0/title")
        let later = try JSONValue(parsing: #"{"reports":[{"id":1},{"id":2},{"id":7.0}]}"#)
        #expect(conflict.path.pointer(in: later)?.text == "/reports/2/title")
        #expect(conflict.path.pointer(in: ["reports": []]) == nil)
        #expect(conflict.path.pointer(in: ["reports": 1]) == nil)
    }

    @Test(arguments: [
        (MergeDecision.mine, #""title":"Mine""#), (.theirs, #""title":"Theirs""#),
        (.value("Third"), #""title":"Third""#),
    ])
    func `One conflict is settled and the others stay open`(
        decision: MergeDecision,
        expected: String
    ) throws {
        let result = try Self.merge { $0.name.text.hasSuffix("title") ? decision : .hold }
        #expect(result.value?.text().contains(expected) == true)
        #expect(result.conflicts.map(\.name.text) == ["/reports/{id=7}/n", "/limit"])
        #expect(result.settled.map(\.conflict.name.text) == ["/reports/{id=7}/title"])
        #expect(result.settled.map(\.decision) == [decision])
        // Theirs all over, but for the two that are open: those stand as in the base.
        let next = #"{"reports":[{"id":3,"t":9},{"id":7,"title":"Theirs","n":1}],"limit":1}"#
        #expect(result.base == (try JSONValue(parsing: next)))
    }

    @Test func `Taking theirs takes their removal too`() throws {
        let result = try Self.merge { $0.name.text == "/limit" ? .theirs : .mine }
        #expect(result.value?["limit"] == nil)
        #expect(result.isComplete)
        #expect(result.base == (try JSONValue(parsing: Self.theirs)))
    }

    @Test(arguments: [
        ("", MergeDecision.theirs, 3), ("/reports", .mine, 2), ("/reports/-/n", .mine, 1),
        ("/reports/{id=7}", .theirs, 2), ("/reports/{id=3}", .theirs, 0), ("/reports/1", .mine, 0),
        ("/-", .mine, 0), ("/limit", .mine, 1), ("/limit/x", .mine, 0), ("/reports", .hold, 0),
    ])
    func `A policy covers what lies at its pointer and inside`(
        pointer: String,
        decision: MergeDecision,
        count: Int
    ) throws {
        let policy = MergePolicy([try JSONPointer(parsing: pointer): decision])
        let result = try Self.merge(policy.decision)
        #expect(result.settled.count == count)
        #expect(result.settled.allSatisfy { $0.decision == decision })
        #expect(result.conflicts.count == 3 - count)
    }

    @Test func `The most exact pointer of a policy decides`() throws {
        let policy = MergePolicy([
            JSONPointer(): .theirs, try JSONPointer(parsing: "/reports"): .mine,
            try JSONPointer(parsing: "/reports/-/n"): .theirs,
            try JSONPointer(parsing: "/reports/{id=7}/n"): .hold,
        ])
        let result = try Self.merge(policy.decision)
        #expect(result.settled.map(\.decision) == [.mine, .theirs])
        #expect(result.conflicts.map(\.name.text) == ["/reports/{id=7}/n"])
    }

    @Test func `A policy is never asked where there is no conflict`() throws {
        let side = try JSONValue(parsing: Self.theirs)
        let result = try ThreeWayMerge().merge(
            base: JSONValue(parsing: Self.base),
            mine: JSONValue(parsing: Self.base),
            theirs: side
        ) { _ in .value("never") }
        #expect(result.value == side)
    }

    @Test func `An element is not replaced by one of another identity`() throws {
        let versions: [JSONValue] = [[["id": 7, "t": 0]], [["id": 7, "t": 1]], []]
        func settled(with value: JSONValue) -> MergeResult {
            ThreeWayMerge().merge(base: versions[0], mine: versions[1], theirs: versions[2]) { _ in
                .value(value)
            }
        }
        for value: JSONValue in [["id": 8], ["t": 2], 7] {
            #expect(settled(with: value).conflicts.map(\.name.text) == ["/{id=7}"])
            #expect(settled(with: value).value == versions[1])
        }
        #expect(settled(with: ["id": 7, "t": 2]).value == [["id": 7, "t": 2]])
    }

    @Test func `No decision nests a document deeper than it can be read back`() throws {
        var deep: JSONValue = []
        for _ in 1..<JSONValue.depthLimit { deep = [deep] }
        let (base, mine, theirs): (JSONValue, JSONValue, JSONValue) = (["a": 0], ["a": 1], ["a": 2])
        func settled(with value: JSONValue) -> MergeResult {
            ThreeWayMerge().merge(base: base, mine: mine, theirs: theirs) { _ in .value(value) }
        }
        #expect(!settled(with: deep).isComplete)
        let fitting = try #require(deep.array?.first)
        #expect(settled(with: fitting).value == ["a": fitting])
    }

    @Test func `A save is undone by merging, and what others changed since stays`() throws {
        let before = try JSONValue(parsing: #"{"limit":1,"ids":[1],"reports":[{"id":1}]}"#)
        let saved = try JSONValue(parsing: #"{"limit":5,"ids":[1,2],"reports":[]}"#)
        let now = try JSONValue(parsing: #"{"limit":5,"ids":[1,2,3],"reports":[{"id":9}]}"#)
        let undone = ThreeWayMerge().merge(base: saved, mine: now, theirs: before)
        #expect(undone.isComplete)
        let expected = #"{"limit":1,"ids":[1,3],"reports":[{"id":1},{"id":9}]}"#
        #expect(undone.value?.text() == expected)
    }

    @Test(arguments: [
        ("/groups", #"{"groups":[{"key":"a","v":1,"members":[{"id":1}]}]}"#),
        ("/groups/-/members", #"{"groups":[{"id":"a","v":1,"members":[{"key":1}]}]}"#),
        ("/groups/{id=a}/members", #"{"groups":[{"id":"a","v":1,"members":[{"key":1}]}]}"#),
    ])
    func `Another member than id can be the identity, by pointer`(pointer: String, base: String)
        throws
    {
        let merge = ThreeWayMerge(
            identities: MergeIdentities(exceptions: [try JSONPointer(parsing: pointer): "key"])
        )
        let mine = base.replacing("1}", with: "1,\"m\":1}")
        let theirs = base.replacing("1}", with: "1,\"t\":1}")
        let result = try merge.merge(
            base: JSONValue(parsing: base),
            mine: JSONValue(parsing: mine),
            theirs: JSONValue(parsing: theirs)
        )
        #expect(result.isComplete)
        let again = ThreeWayMerge().merge(base: [:], mine: result.value, theirs: [:])
        #expect(again.value?.text().contains(#""m":1,"t":1"#) == true)
    }
}
