/// Which elements of two arrays belong together, as steps from the first to the last.
struct JSONAlignment {
    /// What makes the old array into the new one. Every step finds the elements before its place
    /// in the new array as they shall be.
    enum Step {
        /// An old element becomes a new one.
        case change(old: Int, new: Int)
        /// So many elements go, the first of which stands at an index of the new array.
        case remove(count: Int, at: Int)
        /// New elements come in.
        case insert(Range<Int>)
    }

    private(set) var steps: [Step] = []

    /// Aligns elements by equality, those between by their `id`, and the rest by position.
    init(_ old: ArraySlice<JSONValue>, _ new: ArraySlice<JSONValue>) {
        guard !old.isEmpty, !new.isEmpty else {
            fill(old.indices, new.indices)
            return
        }
        Self.forEachGap(of: old, new, by: { $0 }) { oldGap, newGap in
            guard !oldGap.isEmpty, !newGap.isEmpty else {
                fill(oldGap, newGap)
                return
            }
            Self.forEachGap(of: old[oldGap], new[newGap], by: { $0["id"] }) {
                fill($0, $1)
            } match: {
                steps.append(.change(old: $0, new: $1))
            }
        }
    }

    /// Pairs what stands between two matches by position.
    private mutating func fill(_ old: Range<Int>, _ new: Range<Int>) {
        let pairs = min(old.count, new.count)
        for pair in 0..<pairs {
            steps.append(.change(old: old.lowerBound + pair, new: new.lowerBound + pair))
        }
        if old.count > pairs {
            steps.append(.remove(count: old.count - pairs, at: new.upperBound))
        }
        if new.count > pairs {
            steps.append(.insert(new.lowerBound + pairs..<new.upperBound))
        }
    }

    /// Calls with what lies between the elements that have the same key on both sides, and with
    /// the indices of those.
    private static func forEachGap(
        of old: ArraySlice<JSONValue>,
        _ new: ArraySlice<JSONValue>,
        by key: (JSONValue) -> JSONValue?,
        _ gap: (Range<Int>, Range<Int>) -> Void,
        match: (Int, Int) -> Void = { _, _ in }
    ) {
        var oldStart = old.startIndex
        var newStart = new.startIndex
        for (oldIndex, newIndex) in matches(of: old, new, by: key) {
            gap(oldStart..<oldIndex, newStart..<newIndex)
            match(oldIndex, newIndex)
            oldStart = oldIndex + 1
            newStart = newIndex + 1
        }
        gap(oldStart..<old.endIndex, newStart..<new.endIndex)
    }

    /// A longest run of pairs, in order on both sides, that have the same key.
    private static func matches(
        of old: ArraySlice<JSONValue>,
        _ new: ArraySlice<JSONValue>,
        by key: (JSONValue) -> JSONValue?
    ) -> [(Int, Int)] {
        var numbers: [JSONValue: Int] = [:]
        var oldNumbers: [(index: Int, number: Int)] = []
        for index in old.indices {
            guard let key = key(old[index]) else { continue }
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            oldNumbers.append((index, number))
        }
        var newNumbers: [(index: Int, number: Int)] = []
        for index in new.indices {
            guard let key = key(new[index]), let number = numbers[key] else { continue }
            newNumbers.append((index, number))
        }
        let search = CommonSubsequence(oldNumbers.map(\.number), newNumbers.map(\.number))
        return search.pairs.map { (oldNumbers[$0].index, newNumbers[$1].index) }
    }
}
