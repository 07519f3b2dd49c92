/// The members of a JSON object in their order, with unique names.
///
/// Finding, setting and removing a member takes the same time in an object of ten members and in
/// one of a hundred thousand. Two objects are equal where they have equal members, whatever the
/// order.
public struct JSONObject: Sendable {
    struct Member: Sendable {
        var name: JSONString
        var value: JSONValue
    }

    /// Objects up to this many members are searched from front to back, which is faster than
    /// hashing a name.
    static let indexThreshold = 16
    /// So many members may be removed before the slots are closed up: closing up every time would
    /// make the removal of many members quadratic.
    static let vacancyLimit = 1024

    /// The members in order, with a vacant one in each slot that `vacancies` lists.
    private(set) var slots: [Member] = []
    /// The slots whose member has been removed, ascending; none unless there is an index.
    private(set) var vacancies: [Int] = []
    /// The slot of each name; nil up to `indexThreshold` members.
    private var index: [JSONString: Int]?

    /// An object without members.
    public init() {}

    /// The members of a text, which has no name twice and at most `indexThreshold` of them.
    init(unindexed slots: [Member]) { self.slots = slots }

    /// The members and where each one is.
    init(slots: [Member], index: [JSONString: Int]) {
        self.slots = slots
        self.index = index
    }

    /// The value of that name. Setting a new name appends it, setting nil removes it, setting
    /// another value keeps the place.
    public subscript(name: JSONString) -> JSONValue? {
        get { slot(of: name).map { slots[$0].value } }
        set {
            switch (slot(of: name), newValue) {
            case (let slot?, let value?): slots[slot].value = value
            case (let slot?, nil): remove(at: slot)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Makes room for that many members.
    public mutating func reserveCapacity(_ count: Int) {
        slots.reserveCapacity(count)
    }

    /// Removes the member of that name and gives back its value.
    @discardableResult
    public mutating func removeValue(named name: JSONString) -> JSONValue? {
        guard let slot = slot(of: name) else { return nil }
        let value = slots[slot].value
        remove(at: slot)
        return value
    }

    /// Where the member of that name is kept.
    func slot(of name: JSONString) -> Int? {
        if let index { return index[name] }
        return slots.firstIndex { $0.name == name }
    }

    /// Changes a value in place, without a copy of it.
    mutating func update<Result, Failure>(
        slot: Int,
        _ body: (inout JSONValue) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(&slots[slot].value)
    }

    /// Adds a member whose name is not there yet.
    mutating func append(_ name: JSONString, _ value: JSONValue) {
        slots.append(Member(name: name, value: value))
        if index != nil {
            index?[name] = slots.count - 1
        } else if slots.count > Self.indexThreshold {
            index = Self.index(of: slots)
        }
    }

    static func index(of slots: [Member]) -> [JSONString: Int] {
        var index: [JSONString: Int] = [:]
        index.reserveCapacity(slots.count)
        for (slot, member) in slots.enumerated() { index[member.name] = slot }
        return index
    }

    private mutating func remove(at slot: Int) {
        guard index != nil, slot != slots.count - 1 || !vacancies.isEmpty else {
            index?[slots[slot].name] = nil
            slots.remove(at: slot)
            return
        }
        index?[slots[slot].name] = nil
        slots[slot] = Member(name: "", value: .null)
        vacancies.insert(slot, at: vacancyCount(before: slot))
        if vacancies.count > Self.vacancyLimit || vacancies.count > slots.count / 2 { closeUp() }
    }

    /// Moves the members together over the vacant slots.
    private mutating func closeUp() {
        var vacant = vacancies[...]
        var members: [Member] = []
        members.reserveCapacity(slots.count - vacancies.count)
        for (slot, member) in slots.enumerated() {
            if vacant.first == slot {
                vacant.removeFirst()
                continue
            }
            index?[member.name] = members.count
            members.append(member)
        }
        slots = members
        vacancies = []
        if members.count <= Self.indexThreshold { index = nil }
    }

    /// How many vacant slots come before that one.
    private func vacancyCount(before slot: Int) -> Int {
        var low = 0
        var high = vacancies.count
        while low < high {
            let middle = (low + high) / 2
            if vacancies[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension JSONObject: RandomAccessCollection {
    /// A name and its value.
    public typealias Element = (name: JSONString, value: JSONValue)

    /// The first position.
    public var startIndex: Int { 0 }

    /// The position past the last.
    public var endIndex: Int { slots.count - vacancies.count }

    /// The member at that position.
    public subscript(position: Int) -> Element {
        precondition(indices.contains(position), "no member has that position")
        let member = slots[vacancies.isEmpty ? position : slot(at: position)]
        return (member.name, member.value)
    }

    /// The slot of a position, past the vacant ones before it.
    private func slot(at position: Int) -> Int {
        var low = 0
        var high = vacancies.count
        while low < high {
            let middle = (low + high) / 2
            if vacancies[middle] - middle <= position { low = middle + 1 } else { high = middle }
        }
        return position + low
    }
}

extension JSONObject: Hashable {
    /// Equality by members, whatever the order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for position in left.indices {
            let (name, value) = left[position]
            let (sameName, sameValue) = right[position]
            if name == sameName {
                guard value == sameValue else { return false }
            } else {
                guard let other = right[name], value == other else { return false }
            }
        }
        return true
    }

    /// Hashes the members so that their order does not matter.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var sum = 0
        for (name, value) in self {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            sum &+= member.finalize()
        }
        hasher.combine(sum)
    }
}
