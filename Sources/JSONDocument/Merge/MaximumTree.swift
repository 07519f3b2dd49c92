/// Numbers whose greatest in a range is found in logarithmic time, as is the first one above a
/// bound. An unset one is -1.
struct MaximumTree {
    /// A binary heap's layout: the numbers are the leaves, each node the greater of its two.
    private var nodes: [Int]
    private let leafCount: Int

    init(count: Int) {
        var leafCount = 1
        while leafCount < count { leafCount *= 2 }
        self.leafCount = leafCount
        nodes = Array(repeating: -1, count: 2 * leafCount)
    }

    mutating func set(_ index: Int, _ number: Int) {
        var node = leafCount + index
        nodes[node] = number
        while node > 1 {
            node /= 2
            nodes[node] = max(nodes[2 * node], nodes[2 * node + 1])
        }
    }

    /// The greatest number before an index, -1 if none is set there.
    func maximum(before index: Int) -> Int {
        var greatest = -1
        var node = leafCount + index
        while node > 1 {
            if !node.isMultiple(of: 2) { greatest = max(greatest, nodes[node - 1]) }
            node /= 2
        }
        return greatest
    }

    /// The first index from a start whose number is above a bound, which is at least -1.
    func first(from start: Int, above bound: Int) -> Int? {
        guard start < leafCount else { return nil }
        var node = leafCount + start
        // Up, to the right, until a node has one.
        while nodes[node] <= bound {
            while !node.isMultiple(of: 2) { node /= 2 }
            if node == 0 { return nil }
            node += 1
        }
        while node < leafCount {
            node *= 2
            if nodes[node] <= bound { node += 1 }
        }
        return node - leafCount
    }
}
