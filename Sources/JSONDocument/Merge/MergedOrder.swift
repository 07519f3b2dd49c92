/// The order of what is left of three sequences of different elements.
///
/// The elements are numbers; each one is in mine or in theirs. The rule, which
/// ``ThreeWayMerge`` tells in words, treats both sides alike, gives a side's own order where the
/// other one is the base's, and gives the result again where it is merged with either side.
struct MergedOrder {
    /// The elements in their merged order.
    private(set) var numbers: [Int] = []

    /// Where an element of the base comes in the result, -1 for what was added.
    private var place: [Int]
    /// The gap that what was added comes into: so many elements of the base are before it.
    private var gap: [Int]

    /// - Parameter count: more than every number.
    /// - Parameter precedes: the order in which both sides' additions to one place stand.
    init(base: [Int], mine: [Int], theirs: [Int], count: Int, precedes: (Int, Int) -> Bool) {
        place = []
        gap = []
        if mine == theirs {
            numbers = mine
            return
        }
        place = Array(repeating: -1, count: count)
        gap = Array(repeating: .max, count: count)
        let old = Self.merge(mine, theirs, ranked: base)
        for (index, number) in old.enumerated() { place[number] = index }
        let myGaps = gaps(of: mine, old.count)
        let theirGaps = gaps(of: theirs, old.count)
        for (number, gap) in myGaps + theirGaps { self.gap[number] = min(self.gap[number], gap) }
        let myAdditions = additions(myGaps)
        let theirAdditions = additions(theirGaps)
        for index in 0...old.count {
            if index > 0 { numbers.append(old[index - 1]) }
            let (mine, theirs) = (myAdditions[index] ?? [], theirAdditions[index] ?? [])
            if mine.isEmpty || theirs.isEmpty || mine == theirs {
                numbers += mine.isEmpty ? theirs : mine
            } else {
                let ranked = Set(mine + theirs).sorted(by: precedes)
                numbers += Self.merge(mine, theirs, ranked: ranked)
            }
        }
    }

    /// What a side added, and the gap in the result where that side has it: behind the element of
    /// the base it comes after, or at the end if none of those comes after it.
    private func gaps(of side: [Int], _ end: Int) -> [(number: Int, gap: Int)] {
        let tail = (side.lastIndex { place[$0] >= 0 } ?? -1) + 1
        var gaps: [(number: Int, gap: Int)] = []
        var gap = 0
        for (index, number) in side.enumerated() {
            if place[number] >= 0 {
                gap = place[number] + 1
            } else {
                gaps.append((number, index >= tail ? end : gap))
            }
        }
        return gaps
    }

    /// What a side added into each gap, without what the other side has in an earlier one.
    private func additions(_ gaps: [(number: Int, gap: Int)]) -> [Int: [Int]] {
        let own = gaps.filter { $0.gap == gap[$0.number] }
        return Dictionary(grouping: own, by: \.gap).mapValues { $0.map(\.number) }
    }

    /// The ranked elements in their order, except where a side has a later one before an earlier
    /// one: then so has the result.
    private static func merge(_ mine: [Int], _ theirs: [Int], ranked: [Int]) -> [Int] {
        let ranks = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1, $0) })
        let merged = TurnedOrder(
            mine.compactMap { ranks[$0] },
            theirs.compactMap { ranks[$0] },
            count: ranked.count
        )
        return merged.ranks.map { ranked[$0] }
    }
}
