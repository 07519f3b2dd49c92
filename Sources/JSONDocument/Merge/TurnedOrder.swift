/// The order nearest to 0, 1, 2 … in which every pair that a side has turned round is turned round.
///
/// Where both sides have every element, this is the join of two permutations in the weak order,
/// that lattice which has fewer turned pairs below and more above.
struct TurnedOrder {
    /// The elements in their order.
    private(set) var ranks: [Int] = []

    /// The elements that nothing has to come before any more, as 1.
    private var ready: MaximumTree
    private var mine: Side
    private var theirs: Side

    /// - Parameter count: the elements are 0 to below this.
    init(_ mine: [Int], _ theirs: [Int], count: Int) {
        ready = MaximumTree(count: 0)
        self.mine = Side([], count: 0)
        self.theirs = Side([], count: 0)
        if Self.isAscending(mine), Self.isAscending(theirs) {
            ranks = Array(0..<count)
            return
        }
        ready = MaximumTree(count: count)
        self.mine = Side(mine, count: count)
        self.theirs = Side(theirs, count: count)
        ranks.reserveCapacity(count)
        note(0..<count)
        // The highest one left is always ready, so that this ends with all of them.
        while let rank = ready.first(from: 0, above: 0) {
            ready.set(rank, -1)
            ranks.append(rank)
            note(self.mine.remove(rank))
            note(self.theirs.remove(rank))
        }
    }

    /// Notes which of some elements are ready on both sides.
    private mutating func note(_ candidates: some Sequence<Int>) {
        for rank in candidates where mine.isReady[rank] && theirs.isReady[rank] {
            ready.set(rank, 1)
        }
    }

    private static func isAscending(_ ranks: [Int]) -> Bool {
        zip(ranks, ranks.dropFirst()).allSatisfy(<)
    }
}

/// What of one side's sequence is left. An element is ready when no higher one is left before it.
private struct Side {
    /// By rank; what the side does not have is ready.
    private(set) var isReady: [Bool]
    private let sequence: [Int]
    private var position: [Int]
    private var left: MaximumTree

    init(_ sequence: [Int], count: Int) {
        self.sequence = sequence
        isReady = Array(repeating: true, count: count)
        position = Array(repeating: -1, count: count)
        left = MaximumTree(count: sequence.count)
        for (index, rank) in sequence.enumerated() {
            isReady[rank] = false
            position[rank] = index
            left.set(index, rank)
        }
        _ = findReady(from: 0, above: -1)
    }

    /// Takes out an element that is ready, and gives those that become ready by that.
    mutating func remove(_ rank: Int) -> [Int] {
        let index = position[rank]
        guard index >= 0 else { return [] }
        left.set(index, -1)
        return findReady(from: index + 1, above: left.maximum(before: index))
    }

    /// Every one that is higher than all before it is ready; behind one that was so already,
    /// nothing is new.
    private mutating func findReady(from start: Int, above floor: Int) -> [Int] {
        var found: [Int] = []
        var (start, floor) = (start, floor)
        while let index = left.first(from: start, above: floor), !isReady[sequence[index]] {
            floor = sequence[index]
            isReady[floor] = true
            found.append(floor)
            start = index + 1
        }
        return found
    }
}
