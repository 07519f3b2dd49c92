import JSONDocument
import SeededRandom

/// Three versions of a random document, of the kinds of parts that merging treats apart.
///
/// Few names, identities and values are drawn from, so that both sides often change the same thing,
/// and often alike.
struct RandomMerge: CustomStringConvertible {
    private var random: SeededGenerator
    private(set) var base: JSONValue? = nil
    private(set) var mine: JSONValue? = nil
    private(set) var theirs: JSONValue? = nil

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let start = document()
        base = start
        if random.oneIn(12) { base = nil }
        var common = start
        for _ in 0..<random.below(3) { common = changed(common) }
        mine = side(random.oneIn(2) ? common : start)
        theirs = side(random.oneIn(2) ? common : start)
    }

    var description: String {
        "base \(base?.text() ?? "-") mine \(mine?.text() ?? "-") theirs \(theirs?.text() ?? "-")"
    }

    private mutating func side(_ value: JSONValue) -> JSONValue? {
        var value = value
        for _ in 0..<random.below(12) { value = changed(value) }
        if random.oneIn(60) { return nil }
        return random.oneIn(60) ? scalar() : value
    }

    private mutating func document(depth: Int = 3) -> JSONValue {
        var object = JSONObject()
        if depth == 3, !random.oneIn(4) {
            object["a"] = .array(distinct(4).map { element($0, depth: 1) })
            object["b"] = .array((0..<random.below(6)).map { _ in scalar() })
        }
        for _ in 0..<random.below(4) { object[name()] = value(depth: depth - 1) }
        return .object(object)
    }

    private mutating func value(depth: Int) -> JSONValue {
        guard depth > 0 else { return scalar() }
        switch random.below(8) {
        case 0: return scalar()
        case 1: return document(depth: depth)
        case 2: return .array(distinct(random.below(6)))
        case 3: return .array((0..<random.below(6)).map { _ in scalar() })
        default:
            return .array(distinct(random.below(6)).map { element($0, depth: depth - 1) })
        }
    }

    private mutating func element(_ identity: JSONValue, depth: Int) -> JSONValue {
        var object = JSONObject()
        object["n"] = value(depth: depth)
        object["id"] = identity
        if random.oneIn(2) { object[name()] = value(depth: depth) }
        object["id"] = identity
        return .object(object)
    }

    private mutating func distinct(_ count: Int) -> [JSONValue] {
        var scalars: [JSONValue] = []
        for _ in 0..<count {
            let next = scalar()
            if next != .null, !scalars.contains(next) { scalars.append(next) }
        }
        return scalars
    }

    private mutating func scalar() -> JSONValue {
        switch random.below(12) {
        case 0: return .bool(random.oneIn(2))
        case 1: return random.pick("1", "й", "и\u{306}", "a b", "")
        case 2: return .null
        case 3:
            let literal = random.pick("1.0", "10e-1", "1.5", "1.50", "-0", "1e400", "10e399", "1E2")
            return JSONNumber(literal: literal).map(JSONValue.number) ?? .null
        default: return .number(JSONNumber(random.below(9)))
        }
    }

    private mutating func name() -> JSONString {
        random.oneIn(3) ? random.pick("й", "и\u{306}", "a/b", "id") : random.pick("a", "b", "c")
    }

    /// The value with one change in it, or with a part written differently.
    private mutating func changed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(changed(object))
        case .array(let elements): .array(changed(elements))
        case .number(let number) where random.oneIn(2):
            JSONNumber(literal: number.literal + (number.literal.contains("e") ? "0" : "e0"))
                .map(JSONValue.number) ?? .number(number)
        default: random.oneIn(4) ? self.value(depth: 2) : scalar()
        }
    }

    private mutating func changed(_ object: JSONObject) -> JSONObject {
        var object = object
        guard !object.isEmpty, !random.oneIn(6) else {
            object[name()] = value(depth: 2)
            return object
        }
        let (name, value) = object[random.below(object.count)]
        switch random.below(10) {
        case 0: object[name] = nil
        case 1:
            object[name] = nil
            object[name] = value
        // An element that gets another identity is another element: rare, but it happens.
        default: if name != "id" || random.oneIn(12) { object[name] = changed(value) }
        }
        return object
    }

    private mutating func changed(_ elements: [JSONValue]) -> [JSONValue] {
        var elements = elements
        guard !elements.isEmpty else { return [random.oneIn(2) ? scalar() : added(to: [1])] }
        // Most changes fall on the first two, so that those of both sides meet.
        let index = random.below(random.oneIn(3) ? elements.count : min(2, elements.count))
        switch random.below(14) {
        case 0, 1: elements.remove(at: index)
        case 2: elements.insert(elements.remove(at: index), at: random.below(elements.count + 1))
        case 3: elements.append(added(to: elements))
        case 4: elements.insert(added(to: elements), at: index)
        case 5: elements.shuffle(using: &random)
        case 6 where random.oneIn(3): elements.append(elements[index])
        default: elements[index] = changed(elements[index])
        }
        return elements
    }

    private mutating func added(to elements: [JSONValue]) -> JSONValue {
        elements.first?.object == nil ? scalar() : element(distinct(1).first ?? 7, depth: 1)
    }
}
