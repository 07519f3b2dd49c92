import JSONDocument
import SeededRandom
import Testing

@Suite struct MergeOrderTests {
    /// Sets, because their order is all there is to them; the rule is that of identities as well.
    @Test(arguments: [
        ("both append", "[1,2]", "[1,2,8]", "[1,2,7]", "[1,2,7,8]"),
        ("both append, numbers by value", "[1]", "[1,10]", "[1,9]", "[1,9,10]"),
        ("both append, texts by bytes", #"["a"]"#, #"["a","я"]"#, #"["a","z"]"#, #"["a","z","я"]"#),
        ("numbers come before texts", "[]", #"["1"]"#, "[5]", #"[5,"1"]"#),
        ("a side's own order is kept", "[1]", "[1,9,5]", "[1,7]", "[1,7,9,5]"),
        ("both insert into one place", "[1,2]", "[1,8,2]", "[1,7,2]", "[1,7,8,2]"),
        ("both prepend", "[1,2]", "[8,1,2]", "[7,1,2]", "[7,8,1,2]"),
        ("inserted beside a removed neighbour", "[1,2,3]", "[1,3]", "[1,2,8,3]", "[1,8,3]"),
        ("inserted between removed ones", "[1,2,3,4]", "[1,4]", "[1,2,8,3,4]", "[1,8,4]"),
        ("appended where the last was removed", "[1,2]", "[1]", "[1,2,8]", "[1,8]"),
        ("one moves to the front", "[1,2,3]", "[3,1,2]", "[1,2,3]", "[3,1,2]"),
        ("both move different ones", "[1,2,3,4]", "[4,1,2,3]", "[2,3,4,1]", "[4,2,3,1]"),
        ("both move one to the front", "[1,2,3,4]", "[4,1,2,3]", "[3,1,2,4]", "[4,3,1,2]"),
        ("both move one, one further", "[1,2,3,4]", "[4,1,2,3]", "[1,4,2,3]", "[4,1,2,3]"),
        ("both turn round neighbours", "[1,2,3]", "[2,1,3]", "[1,3,2]", "[3,2,1]"),
        ("what was added goes along", "[1,2,3]", "[3,1,2]", "[1,8,2,3]", "[3,1,8,2]"),
        ("what was appended stays last", "[1,2,3]", "[3,1,2]", "[1,2,3,8]", "[3,1,2,8]"),
        ("both add one, to two places", "[1,2,3]", "[1,2,3,8]", "[1,8,2,3]", "[1,8,2,3]"),
        ("one turns all round, one adds", "[1,2,3]", "[3,2,1]", "[1,8,2,3]", "[3,2,1,8]"),
    ])
    func `Order follows one rule, whichever side is mine`(
        what: String,
        base: String,
        one: String,
        other: String,
        expected: String
    ) throws {
        let (base, one, other) = try (
            JSONValue(parsing: base), JSONValue(parsing: one), JSONValue(parsing: other)
        )
        for (mine, theirs) in [(one, other), (other, one)] {
            let result = ThreeWayMerge().merge(base: base, mine: mine, theirs: theirs)
            #expect(result.value?.text() == expected, "\(what)")
            #expect(result.isComplete, "\(what)")
        }
    }

    /// Every pair of the base is compared, which the merge itself never does.
    @Test(arguments: (0..<10).map { UInt64($0) })
    func `A pair is turned round where a side did it or it follows from other pairs`(
        block: UInt64
    ) {
        for seed in block * 50..<(block + 1) * 50 {
            var random = SeededGenerator(seed: seed)
            let base = Array(0..<1 + random.below(9))
            let sides = (0..<2).map { _ in
                var side = base
                for _ in 0..<random.below(4) {
                    side.insert(side.remove(at: random.below(side.count)), at: 0)
                    if random.oneIn(4) { side.shuffle(using: &random) }
                }
                return side
            }
            let turned = Self.turnedPairs(base.count, sides)
            let result = ThreeWayMerge().merge(
                base: Self.value(base),
                mine: Self.value(sides[0]),
                theirs: Self.value(sides[1])
            )
            let expected = base.sorted { left, right in
                left < right ? !turned[right][left] : turned[left][right]
            }
            #expect(result.value == Self.value(expected), "seed \(seed): \(sides)")
        }
    }

    @Test(arguments: (0..<10).map { UInt64($0) })
    func `Order gives itself again, and each side's own changes`(block: UInt64) {
        for seed in block * 200..<(block + 1) * 200 {
            var random = SeededGenerator(seed: seed)
            let base = Array(0..<random.below(7)).shuffled(using: &random)
            let sides = (0..<2).map { _ in
                var side = base
                for _ in 0..<random.below(5) {
                    let index = random.below(side.count + 1)
                    switch random.below(4) {
                    case 0 where index < side.count: side.remove(at: index)
                    case 1: side.shuffle(using: &random)
                    default:
                        let added = 10 + random.below(6)
                        if !side.contains(added) { side.insert(added, at: index) }
                    }
                }
                return Self.value(side)
            }
            let merge = ThreeWayMerge()
            let old = Self.value(base)
            let result = merge.merge(base: old, mine: sides[0], theirs: sides[1]).value
            for side in sides {
                let again = merge.merge(base: old, mine: side, theirs: result).value
                #expect(again == result, "seed \(seed): \(base) \(sides)")
                #expect(merge.merge(base: old, mine: side, theirs: old).value == side)
            }
            let swapped = merge.merge(base: old, mine: sides[1], theirs: sides[0]).value
            #expect(swapped == result, "seed \(seed): \(base) \(sides)")
        }
    }

    private static func value(_ numbers: [Int]) -> JSONValue {
        .array(numbers.map { .number(JSONNumber($0)) })
    }

    /// Which later element comes before which earlier one, with all that follows from it.
    private static func turnedPairs(_ count: Int, _ sides: [[Int]]) -> [[Bool]] {
        var turned = Array(repeating: Array(repeating: false, count: count), count: count)
        for side in sides {
            for (index, first) in side.enumerated() {
                for second in side[index...] where second < first { turned[first][second] = true }
            }
        }
        for middle in 0..<count {
            for first in 0..<count where turned[first][middle] {
                for second in 0..<count where turned[middle][second] {
                    turned[first][second] = true
                }
            }
        }
        return turned
    }
}
