/// Merges two arrays over a third by runs of elements, as diff3 merges lines.
///
/// Elements that both sides kept divide the arrays into runs. A run that one side changed is taken
/// from that side. See Khanna, Kunal and Pierce, "A Formal Investigation of Diff3" (2007).
struct RunMerge {
    /// The merged elements; nil where both sides changed one run differently, or where a side
    /// differs from the base by more than `CommonSubsequence` searches for.
    private(set) var elements: [JSONValue]? = []

    private let base: [JSONValue]
    private let mine: [JSONValue]
    private let theirs: [JSONValue]

    init(_ versions: ArrayVersions) {
        base = versions.baseElements
        mine = versions.mine
        theirs = versions.theirs
        merge()
    }

    private mutating func merge() {
        let prefix = sharedPrefix
        let suffix = sharedSuffix(behind: prefix)
        for index in 0..<prefix { keep(index, index, index) }
        var numbering = Numbering()
        let runs = (
            base: numbering.numbers(of: base[prefix..<base.count - suffix]),
            mine: numbering.numbers(of: mine[prefix..<mine.count - suffix]),
            theirs: numbering.numbers(of: theirs[prefix..<theirs.count - suffix])
        )
        let myMatches = CommonSubsequence(runs.base, runs.mine)
        let theirMatches = CommonSubsequence(runs.base, runs.theirs)
        guard !myMatches.isCut, !theirMatches.isCut else {
            elements = nil
            return
        }
        let mineOf = Dictionary(uniqueKeysWithValues: myMatches.pairs)
        var start = (base: 0, mine: 0, theirs: 0)
        let end = (runs.base.count, runs.mine.count, runs.theirs.count)
        let anchors = theirMatches.pairs.compactMap { base, theirs in
            mineOf[base].map { (base, $0, theirs) }
        }
        for (baseStop, myStop, theirStop) in anchors + [end] {
            let baseRun = runs.base[start.base..<baseStop]
            let myRun = runs.mine[start.mine..<myStop]
            let theirRun = runs.theirs[start.theirs..<theirStop]
            if theirRun == baseRun || theirRun == myRun {
                elements?.append(contentsOf: mine[myRun.shifted(by: prefix)])
            } else if myRun == baseRun {
                elements?.append(contentsOf: theirs[theirRun.shifted(by: prefix)])
            } else {
                elements = nil
                return
            }
            if baseStop < runs.base.count {
                keep(prefix + baseStop, prefix + myStop, prefix + theirStop)
            }
            start = (baseStop + 1, myStop + 1, theirStop + 1)
        }
        for distance in (1..<suffix + 1).reversed() {
            keep(base.count - distance, mine.count - distance, theirs.count - distance)
        }
    }

    /// Adds an element that is the same in all versions, as the side writes it that rewrote it.
    private mutating func keep(_ baseIndex: Int, _ myIndex: Int, _ theirIndex: Int) {
        let isMineRewritten = !base[baseIndex].isWritten(like: mine[myIndex])
        elements?.append(isMineRewritten ? mine[myIndex] : theirs[theirIndex])
    }

    private var sharedPrefix: Int {
        let limit = min(base.count, mine.count, theirs.count)
        return (0..<limit).first { base[$0] != mine[$0] || base[$0] != theirs[$0] } ?? limit
    }

    private func sharedSuffix(behind prefix: Int) -> Int {
        let limit = min(base.count, mine.count, theirs.count) - prefix
        let shared = (1..<limit + 1).first {
            let last = base[base.count - $0]
            return last != mine[mine.count - $0] || last != theirs[theirs.count - $0]
        }
        return shared.map { $0 - 1 } ?? limit
    }
}

/// Gives equal values equal numbers.
private struct Numbering {
    private var numbers: [JSONValue: Int] = [:]

    mutating func numbers(of elements: ArraySlice<JSONValue>) -> [Int] {
        elements.map { element in
            if let number = numbers[element] { return number }
            numbers[element] = numbers.count
            return numbers.count - 1
        }
    }
}

extension ArraySlice<Int> {
    /// The indices, that much further on.
    fileprivate func shifted(by distance: Int) -> Range<Int> {
        startIndex + distance..<endIndex + distance
    }
}
