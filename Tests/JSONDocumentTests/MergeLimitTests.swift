import JSONDocument
import SeededRandom
import Testing

@Suite struct MergeLimitTests {
    @Test(arguments: ["[", #"{"a":"#, #"[{"id":1,"a":"#])
    func `Documents as deep as can be read merge`(opening: String) throws {
        let closing = ["[": "]", #"{"a":"#: "}", #"[{"id":1,"a":"#: "}]"][opening] ?? ""
        let depth = JSONValue.depthLimit / (closing.count == 2 ? 2 : 1) - 1
        func document(_ inner: String) throws -> JSONValue {
            let text = [
                String(repeating: opening, count: depth), inner,
                String(repeating: closing, count: depth),
            ]
            return try JSONValue(parsing: text.joined())
        }
        let result = try ThreeWayMerge().merge(
            base: document("[1,2]"),
            mine: document("[1,2,3]"),
            theirs: document("[2]")
        )
        if opening == "[" {
            // Only elements that are told apart are looked into.
            #expect(result.conflicts.map(\.name.text) == [""])
        } else {
            #expect(result.isComplete)
            #expect(try result.value == document("[2,3]"))
        }
    }

    @Test func `Arrays that differ by more than is searched for are one conflict`() throws {
        // Doubled, so that they are no sets.
        let base = (0..<3000).flatMap { [$0, $0] }
        func value(_ numbers: [Int]) -> JSONValue {
            ["list": .array(numbers.map { .number(JSONNumber($0)) })]
        }
        let few = base.dropLast(3) + [9000]
        let many = base.reversed()
        let near = ThreeWayMerge().merge(
            base: value(base),
            mine: value([9001] + base),
            theirs: value(Array(few))
        )
        #expect(near.isComplete)
        #expect(near.value == value([9001] + few))
        let far = ThreeWayMerge().merge(
            base: value(base),
            mine: value(Array(many)),
            theirs: value(Array(few))
        )
        #expect(far.conflicts.map(\.name.text) == ["/list"])
        #expect(far.value == value(Array(many)))
        let alone = ThreeWayMerge().merge(
            base: value(base),
            mine: value(base),
            theirs: value(Array(many))
        )
        #expect(alone.isComplete)
        #expect(alone.value == value(Array(many)))
    }

    @Test func `Large sets may be reordered at will by both sides`() throws {
        var random = SeededGenerator(seed: 5)
        let base = Array(0..<3000)
        func value(_ numbers: [Int]) -> JSONValue {
            .array(numbers.map { .number(JSONNumber($0)) })
        }
        // Nothing is left to both: turned round by one side is turned round.
        let mine = [0] + base.dropFirst().reversed()
        let theirs = base.shuffled(using: &random) + [5000]
        let result = ThreeWayMerge().merge(
            base: value(base),
            mine: value(mine),
            theirs: value(theirs)
        )
        let order = try #require(result.value?.array).compactMap(\.int)
        #expect(order.sorted() == base + [5000])
        #expect(order.last == 5000)
        #expect(order.filter { $0 > 0 && $0 < 5000 } == base.dropFirst().reversed())
    }
}
