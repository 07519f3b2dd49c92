/// The elements of three arrays that each have a key, put together by it and numbered.
struct ElementUnion {
    /// Where an element stands in each version.
    struct Entry {
        var base: Int?
        var mine: Int?
        var theirs: Int?
    }

    let versions: ArrayVersions
    /// The entries: mine in their order, then those that only theirs has, then those of the base.
    private(set) var entries: [Entry] = []
    private var keys: [MergeKey] = []

    /// The union, or nil where an element has no key, or one that another of its array has too.
    init?(_ versions: ArrayVersions, key: (JSONValue) -> MergeKey?) {
        self.versions = versions
        var numbers: [MergeKey: Int] = [:]
        numbers.reserveCapacity(max(versions.mine.count, versions.theirs.count))
        for (elements, place) in [
            (versions.mine, \Entry.mine), (versions.theirs, \.theirs),
            (versions.baseElements, \.base),
        ] {
            for index in elements.indices {
                guard let key = key(elements[index]) else { return nil }
                let number = numbers[key] ?? entries.count
                if number == entries.count {
                    numbers[key] = number
                    keys.append(key)
                    entries.append(Entry())
                }
                guard entries[number][keyPath: place] == nil else { return nil }
                entries[number][keyPath: place] = index
            }
        }
    }

    /// Whether mine and theirs have the same elements in the same order.
    var isAligned: Bool {
        versions.mine.count == versions.theirs.count
            && versions.mine.indices.allSatisfy { entries[$0].theirs == $0 }
    }

    func base(_ entry: Entry) -> JSONValue? { entry.base.map { versions.baseElements[$0] } }

    func mine(_ entry: Entry) -> JSONValue? { entry.mine.map { versions.mine[$0] } }

    func theirs(_ entry: Entry) -> JSONValue? { entry.theirs.map { versions.theirs[$0] } }

    /// The step to an entry whose key is in that member.
    func step(to number: Int, by member: JSONString) -> MergePath.Step {
        let entry = entries[number]
        return .element(
            MergePath.Element(
                key: member,
                identity: keys[number].value,
                mine: entry.mine,
                theirs: entry.theirs
            )
        )
    }

    /// The numbers of the entries that stay, in their merged order.
    func order(of stays: [Bool]) -> [Int] {
        // The entries of one version, by where they stand in it.
        func numbers(_ count: Int, _ place: KeyPath<Entry, Int?>) -> [Int] {
            var numbers = Array(repeating: -1, count: count)
            for (number, entry) in entries.enumerated() where stays[number] {
                if let index = entry[keyPath: place] { numbers[index] = number }
            }
            return numbers.filter { $0 >= 0 }
        }
        return MergedOrder(
            base: numbers(versions.baseElements.count, \.base),
            mine: numbers(versions.mine.count, \.mine),
            theirs: numbers(versions.theirs.count, \.theirs),
            count: entries.count,
            precedes: { keys[$0] < keys[$1] }
        ).numbers
    }
}
