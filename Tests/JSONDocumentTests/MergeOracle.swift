import JSONDocument

/// What a merge must come to, worked out as simply as can be, without regard to order and time.
///
/// Arrays whose elements have identities, and sets, are read as objects; any other array is one
/// value, about which nothing is said where both sides changed it.
struct MergeOracle {
    indirect enum Expected: Hashable {
        case value(JSONValue)
        case members([JSONValue: Expected])
        case elements([JSONValue: Expected])
        /// Something that this does not tell.
        case open
    }

    private(set) var expected: Expected?
    /// The ways to the conflicts, by names and identities.
    private(set) var conflicts: Set<[JSONValue]> = []
    /// The ways to what this does not tell.
    private(set) var unknown: Set<[JSONValue]> = []

    init(_ versions: RandomMerge) {
        expected = merge(versions.base, versions.mine, versions.theirs, [])
    }

    private mutating func merge(
        _ base: JSONValue?,
        _ mine: JSONValue?,
        _ theirs: JSONValue?,
        _ path: [JSONValue]
    ) -> Expected? {
        if let parts = Self.parts(mine, theirs, base, { $0.object.map(Self.members) }) {
            return .members(merge(parts, path))
        }
        let present = [base, mine, theirs].compactMap(\.self)
        if Self.areElements(present), mine != nil, theirs != nil,
            let parts = Self.parts(mine, theirs, base, { $0.array.map(Self.elements) })
        {
            return .elements(merge(parts, path))
        }
        if mine == theirs || theirs == base { return mine.map(Self.read) }
        if mine == base { return theirs.map(Self.read) }
        if mine?.array != nil, theirs?.array != nil, base == nil || base?.array != nil {
            unknown.insert(path)
            return .open
        }
        conflicts.insert(path)
        return mine.map(Self.read)
    }

    private typealias Parts = [JSONValue: JSONValue]

    private mutating func merge(
        _ parts: (mine: Parts, theirs: Parts, base: Parts),
        _ path: [JSONValue]
    ) -> [JSONValue: Expected] {
        var merged: [JSONValue: Expected] = [:]
        for key in Set(parts.mine.keys).union(parts.theirs.keys) {
            let here = path + [key]
            merged[key] = merge(parts.base[key], parts.mine[key], parts.theirs[key], here)
        }
        return merged
    }

    private static func parts(
        _ mine: JSONValue?,
        _ theirs: JSONValue?,
        _ base: JSONValue?,
        _ parts: (JSONValue) -> Parts?
    ) -> (mine: Parts, theirs: Parts, base: Parts)? {
        guard let mine = mine.flatMap(parts), let theirs = theirs.flatMap(parts),
            let base = base.map(parts) ?? [:]
        else { return nil }
        return (mine, theirs, base)
    }

    private static func members(_ object: JSONObject) -> Parts {
        Dictionary(uniqueKeysWithValues: object.map { (.string($0), $1) })
    }

    private static func elements(_ elements: [JSONValue]) -> Parts {
        Dictionary(uniqueKeysWithValues: elements.map { (key($0), $0) })
    }

    private static func key(_ element: JSONValue) -> JSONValue { element["id"] ?? element }

    /// Whether those are arrays of elements that can be told apart, all by the same means.
    private static func areElements(_ arrays: [JSONValue]) -> Bool {
        let elements = arrays.flatMap { $0.array ?? [.array([])] }
        let areUnique = arrays.allSatisfy {
            let keys = ($0.array ?? []).map(key)
            return Set(keys).count == keys.count
        }
        let areScalars = elements.allSatisfy { $0.array == nil && $0.object == nil }
        let areIdentified = elements.allSatisfy {
            guard let identity = $0["id"] else { return false }
            return identity != .null && identity.array == nil && identity.object == nil
        }
        return areUnique && (areScalars || areIdentified)
    }

    private static func read(_ value: JSONValue) -> Expected { .value(value) }

    /// Whether a value is what was expected, in whatever order.
    static func matches(_ value: JSONValue?, _ expected: Expected?) -> Bool {
        switch (value, expected) {
        case (nil, nil), (.some, .open): true
        case (let value?, .value(let expected)): value == expected
        case (.object(let object), .members(let expected)):
            matches(members(object), expected)
        case (.array(let array), .elements(let expected)):
            areElements([.array(array)]) && matches(elements(array), expected)
        default: false
        }
    }

    private static func matches(_ parts: Parts, _ expected: [JSONValue: Expected]) -> Bool {
        parts.count == expected.count && parts.allSatisfy { matches($1, expected[$0]) }
    }
}
