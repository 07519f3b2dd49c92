/// Where each name of a large object is kept, and which slots are kept by none any more.
///
/// A removed member leaves its slot vacant: closing up every time would make the removal of many
/// members quadratic.
struct JSONNameIndex: Sendable {
    /// So many slots may be vacant, and no more than half of all.
    private static let vacancyLimit = 1024

    /// Swift seeds its hashes anew in every process, so that no text can make names collide.
    private var slots: [JSONString: Int] = [:]
    /// The vacant slots, ascending.
    private var vacancies: [Int] = []

    init(of members: [JSONObject.Member]) {
        slots.reserveCapacity(members.count)
        for (slot, member) in members.enumerated() { slots[member.name] = slot }
    }

    var vacancyCount: Int { vacancies.count }

    func slot(of name: JSONString) -> Int? { slots[name] }

    mutating func append(_ name: JSONString, at slot: Int) { slots[name] = slot }

    mutating func remove(_ name: JSONString, at slot: Int) {
        slots[name] = nil
        let before = Self.firstIndex(upTo: vacancies.count) { vacancies[$0] >= slot }
        vacancies.insert(slot, at: before)
    }

    /// Whether so many of the slots are vacant that it is time to close up.
    func isSparse(_ slotCount: Int) -> Bool {
        vacancies.count > min(Self.vacancyLimit, slotCount / 2)
    }

    /// The slot of the member at a position.
    func slot(at position: Int) -> Int {
        if vacancies.isEmpty { return position }
        // That many members stand before the vacancy at an index.
        return position
            + Self.firstIndex(upTo: vacancies.count) { vacancies[$0] - $0 > position }
    }

    /// The first index for which a condition holds that, once it does, holds for all behind it.
    private static func firstIndex(upTo count: Int, where isReached: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isReached(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
