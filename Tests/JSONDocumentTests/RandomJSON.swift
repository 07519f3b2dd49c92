import JSONDocument
import SeededRandom

/// Random values from a seed, of a shape that makes equal parts and near misses likely.
struct RandomJSON: RandomNumberGenerator {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next() -> UInt64 { generator.next() }

    mutating func below(_ bound: Int) -> Int { generator.below(bound) }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch below(depth > 0 ? 9 : 5) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2, 3: .number(number())
        case 4: .string(string())
        case 5, 6: .array((0..<below(6)).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth - 1))
        }
    }

    mutating func object(depth: Int) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<(below(20) == 0 ? 40 : below(6)) {
            object[name()] = value(depth: depth)
        }
        return object
    }

    private mutating func name() -> JSONString {
        below(4) == 0 ? string() : JSONString(String(below(30)))
    }

    /// Text of characters that something somewhere has to treat apart.
    mutating func string() -> JSONString {
        let pieces = [
            "a", "bc", "ы", "й", "и\u{306}", "😀", "\"", "\\", "/", "~", "\u{0}", "\n", "\u{7F}",
            "\u{85}", "\u{FFFE}", "\u{FFFF}", "\u{2028}", "0", "\u{10FFFF}", "лонгер текст",
        ]
        var text = JSONString((0..<below(5)).map { _ in pieces[below(pieces.count)] }.joined())
        if below(10) == 0, let lone = try? JSONValue(parsing: #""\ud800x\udc00""#),
            case .string(let surrogates) = lone
        {
            text = surrogates
        }
        return text
    }

    mutating func number() -> JSONNumber {
        var literal = below(3) == 0 ? "-" : ""
        literal += below(3) == 0 ? "0" : "\(1 + below(40))\(below(4) == 0 ? "00" : "")"
        if below(3) == 0 { literal += ".\(below(2) == 0 ? "0" : "")\(below(20))" }
        if below(3) == 0 { literal += ["e", "E-", "e+0"][below(3)] + "\(below(4))" }
        return JSONNumber(literal: literal) ?? JSONNumber(0)
    }

    /// A value that differs from the given one in a place or two.
    mutating func variation(of value: JSONValue) -> JSONValue {
        switch value {
        case .array(var elements):
            switch below(4) {
            case 0: elements.insert(self.value(depth: 2), at: below(elements.count + 1))
            case 1 where !elements.isEmpty: elements.remove(at: below(elements.count))
            case 2 where elements.count > 1: elements.swapAt(0, below(elements.count))
            default:
                guard !elements.isEmpty else { return [1] }
                let index = below(elements.count)
                elements[index] = variation(of: elements[index])
            }
            return .array(elements)
        case .object(var object):
            if object.isEmpty || below(3) == 0 {
                object[name()] = self.value(depth: 2)
            } else {
                let (name, member) = object[below(object.count)]
                object[name] = below(3) == 0 ? nil : variation(of: member)
            }
            return .object(object)
        default: return self.value(depth: 2)
        }
    }
}
