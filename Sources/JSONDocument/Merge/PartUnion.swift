/// The parts of three versions of one object or array, put together by their keys and numbered.
struct PartUnion<Key: Hashable & Comparable> {
    /// The keys by number: mine in their order, then those that only theirs has, then those of the
    /// base.
    private(set) var keys: [Key] = []
    /// The numbers of each version's parts, in that version's order.
    private var base: [Int] = []
    private var mine: [Int] = []
    private var theirs: [Int] = []
    /// Where the part of a number stands in each version, -1 where it does not.
    private var basePlaces: [Int] = []
    private var myPlaces: [Int] = []
    private var theirPlaces: [Int] = []

    /// The union of parts with those keys, or nil where a part has no key, or one that another
    /// part of its version has too.
    init?(
        base: some Collection<Key?>,
        mine: some Collection<Key?>,
        theirs: some Collection<Key?>
    ) {
        var numbers: [Key: Int] = [:]
        numbers.reserveCapacity(mine.count)
        keys.reserveCapacity(mine.count)
        guard let mine = number(mine, &numbers), let theirs = number(theirs, &numbers),
            let base = number(base, &numbers)
        else { return nil }
        (self.base, self.mine, self.theirs) = (base, mine, theirs)
        basePlaces = places(of: base)
        myPlaces = places(of: mine)
        theirPlaces = places(of: theirs)
    }

    /// Whether mine and theirs have the same parts in the same order.
    var isAligned: Bool { mine == theirs }

    func basePlace(of number: Int) -> Int? { basePlaces[number] < 0 ? nil : basePlaces[number] }

    func myPlace(of number: Int) -> Int? { myPlaces[number] < 0 ? nil : myPlaces[number] }

    func theirPlace(of number: Int) -> Int? { theirPlaces[number] < 0 ? nil : theirPlaces[number] }

    /// The numbers of the parts that stay, in their merged order.
    func order(of stays: [Bool]) -> [Int] {
        MergedOrder(
            base: base.filter { stays[$0] },
            mine: mine.filter { stays[$0] },
            theirs: theirs.filter { stays[$0] },
            count: keys.count,
            precedes: { keys[$0] < keys[$1] }
        ).numbers
    }

    /// The numbers of all parts of theirs, then of those among some that theirs lacks.
    func theirs(and others: some Sequence<Int>) -> [Int] {
        theirs + others.filter { theirPlaces[$0] < 0 }.sorted()
    }

    private mutating func number(
        _ parts: some Collection<Key?>,
        _ numbers: inout [Key: Int]
    ) -> [Int]? {
        var list: [Int] = []
        list.reserveCapacity(parts.count)
        var isTaken = Array(repeating: false, count: keys.count)
        // Most often the next part is the next one here, too, and need not be looked up.
        var next = 0
        for key in parts {
            guard let key else { return nil }
            if next >= keys.count || keys[next] != key { next = numbers[key] ?? keys.count }
            if next == keys.count {
                numbers[key] = next
                keys.append(key)
                isTaken.append(false)
            }
            guard !isTaken[next] else { return nil }
            isTaken[next] = true
            list.append(next)
            next += 1
        }
        return list
    }

    private func places(of list: [Int]) -> [Int] {
        var places = Array(repeating: -1, count: keys.count)
        for (place, number) in list.enumerated() { places[number] = place }
        return places
    }
}
