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
        guard let mineOf = Self.matches(of: base, mine),
            let theirsOf = Self.matches(of: base, theirs)
        else {
            elements = nil
            return
        }
        var start = (base: 0, mine: 0, theirs: 0)
        for baseStop in base.indices {
            guard let myStop = mineOf[baseStop], let theirStop = theirsOf[baseStop] else {
                continue
            }
            let stop = (baseStop, myStop, theirStop)
            guard appendRun(from: start, to: stop) else { return }
            // Of what all have, the spelling stays that a side gave it anew.
            let isMineRewritten = !base[baseStop].isWritten(like: mine[myStop])
            elements?.append(isMineRewritten ? mine[myStop] : theirs[theirStop])
            start = (baseStop + 1, myStop + 1, theirStop + 1)
        }
        _ = appendRun(from: start, to: (base.count, mine.count, theirs.count))
    }

    /// Adds what lies between two places; false where both sides changed it differently.
    private mutating func appendRun(
        from start: (base: Int, mine: Int, theirs: Int),
        to stop: (base: Int, mine: Int, theirs: Int)
    ) -> Bool {
        let baseRun = base[start.base..<stop.base]
        let myRun = mine[start.mine..<stop.mine]
        let theirRun = theirs[start.theirs..<stop.theirs]
        if theirRun == baseRun || theirRun == myRun {
            elements?.append(contentsOf: myRun)
        } else if myRun == baseRun {
            elements?.append(contentsOf: theirRun)
        } else {
            elements = nil
        }
        return elements != nil
    }

    /// Where each element of the base stands in a side, if it does; nil where the search was cut.
    private static func matches(of base: [JSONValue], _ side: [JSONValue]) -> [Int?]? {
        var matches: [Int?] = Array(repeating: nil, count: base.count)
        let shared = min(base.count, side.count)
        var prefix = 0
        while prefix < shared, base[prefix] == side[prefix] {
            matches[prefix] = prefix
            prefix += 1
        }
        var (baseEnd, sideEnd) = (base.count, side.count)
        while min(baseEnd, sideEnd) > prefix, base[baseEnd - 1] == side[sideEnd - 1] {
            baseEnd -= 1
            sideEnd -= 1
            matches[baseEnd] = sideEnd
        }
        var numbering = Numbering()
        let search = CommonSubsequence(
            numbering.numbers(of: base[prefix..<baseEnd]),
            numbering.numbers(of: side[prefix..<sideEnd])
        )
        for (old, new) in search.pairs { matches[prefix + old] = prefix + new }
        return search.isCut ? nil : matches
    }
}

/// Gives equal values equal numbers.
private struct Numbering {
    /// Scalars are quicker to find by their keys.
    private enum Element: Hashable {
        case scalar(MergeKey)
        case other(JSONValue)
    }

    private var numbers: [Element: Int] = [:]

    mutating func numbers(of elements: ArraySlice<JSONValue>) -> [Int] {
        elements.map { value in
            let element = MergeKey(value).map(Element.scalar) ?? .other(value)
            if let number = numbers[element] { return number }
            numbers[element] = numbers.count
            return numbers.count - 1
        }
    }
}
