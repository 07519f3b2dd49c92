/// A longest common subsequence of two sequences of numbers, after Myers, "An O(ND) Difference
/// Algorithm and Its Variations" (1986).
struct CommonSubsequence {
    /// The most removals and insertions that are searched for among what both sides have. The
    /// search takes memory with their square: 8 MiB for these.
    static let editLimit = 1024
    /// The search takes time with the product of edits and length: of very long sequences fewer
    /// edits are searched for.
    static let stepLimit = 1 << 28

    /// The positions of equal numbers on both sides, ascending; none where the search was cut.
    private(set) var pairs: [(Int, Int)] = []
    /// Whether the sequences differ by more edits than are searched for.
    private(set) var isCut = false

    init(_ old: [Int], _ new: [Int]) {
        // What stands on one side only matches nothing, and would only make the search longer.
        let (inOld, inNew) = (Set(old), Set(new))
        let oldPositions = old.indices.filter { inNew.contains(old[$0]) }
        let newPositions = new.indices.filter { inOld.contains(new[$0]) }
        search(oldPositions.map { old[$0] }, newPositions.map { new[$0] })
        pairs = pairs.map { (oldPositions[$0], newPositions[$1]) }
    }

    private mutating func search(_ old: [Int], _ new: [Int]) {
        guard !old.isEmpty, !new.isEmpty else { return }
        let length = old.count + new.count
        let limit = min(Self.editLimit, length, Self.stepLimit / length)
        // How far along the old sequence each diagonal has come, by the diagonal plus `limit + 1`.
        var reach = Array(repeating: 0, count: 2 * limit + 3)
        var history: [[Int]] = []
        for edits in 0...limit {
            history.append(Array(reach[limit + 1 - edits...limit + 1 + edits]))
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let here = diagonal + limit + 1
                let isInsertion =
                    diagonal == -edits || (diagonal != edits && reach[here - 1] < reach[here + 1])
                var position = isInsertion ? reach[here + 1] : reach[here - 1] + 1
                while position < old.count, position - diagonal < new.count,
                    old[position] == new[position - diagonal]
                { position += 1 }
                reach[here] = position
                if position >= old.count, position - diagonal >= new.count {
                    trace(back: history, from: (old.count, new.count))
                    return
                }
            }
        }
        isCut = true
    }

    /// Goes back through the history and notes the matches on the way. What each step started from
    /// is the reach before it.
    private mutating func trace(back history: [[Int]], from end: (Int, Int)) {
        var (oldPosition, newPosition) = end
        for (edits, reach) in history.enumerated().reversed() where edits > 0 {
            let diagonal = oldPosition - newPosition
            let here = diagonal + edits
            let isInsertion =
                diagonal == -edits || (diagonal != edits && reach[here - 1] < reach[here + 1])
            let previous = isInsertion ? reach[here + 1] : reach[here - 1]
            let previousNew = previous - (isInsertion ? diagonal + 1 : diagonal - 1)
            noteMatches(&oldPosition, &newPosition, downTo: isInsertion ? previous : previous + 1)
            (oldPosition, newPosition) = (previous, previousNew)
        }
        noteMatches(&oldPosition, &newPosition, downTo: 0)
        pairs.reverse()
    }

    private mutating func noteMatches(_ old: inout Int, _ new: inout Int, downTo start: Int) {
        while old > start {
            old -= 1
            new -= 1
            pairs.append((old, new))
        }
    }
}
