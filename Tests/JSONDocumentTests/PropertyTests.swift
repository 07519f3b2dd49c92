import JSONDocument
import Testing

@Suite struct PropertyTests {
    static let seeds = (0..<300).map { UInt64($0) }

    @Test(arguments: seeds, [JSONLayout.compact, .indented])
    func `What is written is read back literal for literal`(seed: UInt64, layout: JSONLayout) throws
    {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let bytes = value.serialized(layout)
        let back = try JSONValue(parsing: bytes)
        #expect(back == value, "seed \(seed)")
        #expect(back.hashValue == value.hashValue, "seed \(seed)")
        #expect(back.serialized(layout) == bytes, "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `A difference turns one value into the other`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let old = random.value()
        var new = old
        for _ in 0...random.below(4) { new = random.variation(of: new) }
        for target in [new, random.value()] {
            let patch = old.difference(to: target)
            #expect(try old.applying(patch) == target, "seed \(seed)")
            #expect(patch.isEmpty == (old == target), "seed \(seed)")
            #expect(try JSONPatch(json: patch.json) == patch, "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func `Identical is what is written as the same text`(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        for other in [value, Self.rewritten(value), random.variation(of: value)] {
            let isSameText = value.serialized() == other.serialized()
            #expect(value.isIdentical(to: other) == isSameText, "seed \(seed)")
        }
    }

    @Test(arguments: seeds)
    func `A value differs in nothing from itself written otherwise`(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let other = Self.rewritten(value)
        #expect(value == other, "seed \(seed)")
        #expect(value.hashValue == other.hashValue, "seed \(seed)")
        #expect(value.difference(to: other).isEmpty, "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `A merge patch gives the same when it is applied twice`(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let patch = random.value()
        let merged = value.merging(patch)
        #expect(merged.merging(patch) == merged, "seed \(seed)")
        #expect(value.merging([:]) == (value.object == nil ? [:] : value), "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `What is set at a pointer is found there, and removed again`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let object = JSONValue.object(random.object(depth: 3))
        let pointer = JSONPointer(tokens: [random.string(), random.string()])
        let value = random.value()
        var edited = object
        _ = try? edited.remove(at: JSONPointer(tokens: [pointer.tokens[0]]))
        try edited.set(value, at: pointer, creatingParents: true)
        #expect(try edited.value(at: pointer) == value, "seed \(seed)")
        #expect(try JSONPointer(parsing: pointer.string) == pointer, "seed \(seed)")
        #expect(try edited.remove(at: pointer) == value, "seed \(seed)")
        #expect(throws: JSONPointerError.self, "seed \(seed)") { try edited.value(at: pointer) }
    }

    /// The value with its members turned round and its numbers written with an exponent.
    private static func rewritten(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(rewritten))
        case .object(let object):
            var turned = JSONObject()
            for (name, value) in object.reversed() { turned[name] = rewritten(value) }
            return .object(turned)
        case .number(let number) where !number.literal.lowercased().contains("e"):
            return .number(JSONNumber(literal: number.literal + "E-00") ?? number)
        default: return value
        }
    }
}
