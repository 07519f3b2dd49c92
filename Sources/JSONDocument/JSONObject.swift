/// The members of a JSON object in their order, with unique names.
///
/// Finding, setting and removing a member takes about the same time in an object of ten members
/// and in one of a hundred thousand. Two objects are equal where they have equal members, whatever
/// the order.
public struct JSONObject: Sendable {
    struct Member: Sendable {
        var name: JSONString
        var value: JSONValue
    }

    /// Objects up to this many members are searched from front to back, which is faster than
    /// hashing a name.
    static let indexThreshold = 16

    /// The members in order; those that the index calls vacant are none any more.
    private(set) var slots: [Member] = []
    /// The index, or nothing up to `indexThreshold` members. It is in an array because that is one
    /// word, and a value is as large as its largest payload.
    private var index: [JSONNameIndex] = []

    /// An object without members.
    public init() {}

    /// The members of a text, which has no name twice.
    init(uniqueMembers slots: [Member], index: JSONNameIndex?) {
        self.slots = slots
        if let index { self.index = [index] }
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
        index.isEmpty ? slots.firstIndex { $0.name == name } : index[0].slot(of: name)
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
        if !index.isEmpty {
            index[0].append(name, at: slots.count - 1)
        } else if slots.count > Self.indexThreshold {
            index = [JSONNameIndex(of: slots)]
        }
    }

    private mutating func remove(at slot: Int) {
        guard !index.isEmpty else {
            slots.remove(at: slot)
            return
        }
        index[0].remove(slots[slot].name, at: slot)
        slots[slot] = Member(name: "", value: .null)
        if index[0].isSparse(slots.count) { closeUp() }
    }

    /// Moves the members together over the vacant slots.
    private mutating func closeUp() {
        var members: [Member] = []
        members.reserveCapacity(count)
        for position in indices { members.append(slots[index[0].slot(at: position)]) }
        slots = members
        index = members.count > Self.indexThreshold ? [JSONNameIndex(of: members)] : []
    }
}

extension JSONObject: RandomAccessCollection {
    /// A name and its value.
    public typealias Element = (name: JSONString, value: JSONValue)

    /// The first position.
    public var startIndex: Int { 0 }

    /// The position past the last.
    public var endIndex: Int {
        index.isEmpty ? slots.count : slots.count - index[0].vacancyCount
    }

    /// The member at that position.
    public subscript(position: Int) -> Element {
        let member = slots[slot(at: position)]
        return (member.name, member.value)
    }

    /// Where the member at a position is kept.
    func slot(at position: Int) -> Int {
        precondition(position >= 0 && position < endIndex, "no member has that position")
        return index.isEmpty ? position : index[0].slot(at: position)
    }
}

extension JSONObject: Hashable {
    /// Equality by members, whatever the order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        for position in left.indices {
            let slot = left.slot(at: position)
            let same = right.slot(at: position)
            if left.slots[slot].name == right.slots[same].name {
                guard left.slots[slot].value == right.slots[same].value else { return false }
            } else {
                guard let other = right.slot(of: left.slots[slot].name),
                    left.slots[slot].value == right.slots[other].value
                else { return false }
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
