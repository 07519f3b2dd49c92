import JSONDocument
import Testing

@Suite struct ObjectTests {
    @Test(arguments: [3, 16, 17, 40, 500])
    func `An object behaves as a list of pairs does, whatever its size`(names: Int) {
        var random = RandomJSON(seed: UInt64(names))
        var object = JSONObject()
        var pairs: [(JSONString, JSONValue)] = []
        for step in 0..<names * 12 {
            let name = JSONString("name \(random.below(names))")
            let index = pairs.firstIndex { $0.0 == name }
            #expect(object[name] == index.map { pairs[$0].1 }, "seed \(names)")
            if random.below(step < names * 6 ? 4 : 2) == 0 {
                #expect(object.removeValue(named: name) == index.map { pairs.remove(at: $0).1 })
            } else {
                let value = JSONValue.number(JSONNumber(step))
                object[name] = value
                if let index { pairs[index].1 = value } else { pairs.append((name, value)) }
            }
            guard step % 16 == 0 else { continue }
            #expect(object.map(\.name) == pairs.map(\.0), "seed \(names)")
            #expect(object.map(\.value) == pairs.map(\.1), "seed \(names)")
            #expect(object == Self.object(pairs.reversed()), "seed \(names)")
        }
    }

    @Test(arguments: [2, 16, 17, 100])
    func `Objects are equal and hash equal whatever their order`(count: Int) {
        let pairs = (0..<count).map { (JSONString("\($0)"), JSONValue.number(JSONNumber($0))) }
        let object = Self.object(pairs)
        let turned = Self.object(pairs.reversed())
        #expect(object == turned)
        #expect(object.hashValue == turned.hashValue)
        var changed = turned
        changed["0"] = "0"
        #expect(object != changed)
        changed["0"] = nil
        #expect(object != changed)
        changed["other"] = 0
        #expect(object != changed)
    }

    @Test func `A copy does not change with the original`() {
        var object = Self.object((0..<40).map { (JSONString("\($0)"), .bool(true)) })
        let copy = object
        for number in 0..<39 { object[JSONString("\(number)")] = nil }
        object["new"] = 1
        #expect(copy.count == 40)
        #expect(copy["0"] == true)
        #expect(copy["new"] == nil)
        #expect(object.map(\.name) == ["39", "new"])
    }

    /// Anything quadratic in it would take this test over its limit.
    @Test(.timeLimit(.minutes(1)))
    func `A large object is found, changed, compared and emptied in linear time`() throws {
        let count = 30_000
        let members = (0..<count).map { "\"member \($0)\":\($0)" }
        let text = "{" + (members + members).joined(separator: ",") + "}"
        var object = try #require(try JSONValue(parsing: text).object)
        let turned = try #require(
            try JSONValue(parsing: "{\(members.reversed().joined(separator: ","))}").object
        )
        #expect(object.count == count)
        #expect(object == turned)
        #expect(object.hashValue == turned.hashValue)
        for number in 0..<count where number % 5 != 0 {
            #expect(object.removeValue(named: JSONString("member \(number)"))?.int == number)
        }
        #expect(object.map(\.value.int) == stride(from: 0, to: count, by: 5).map { $0 })
        #expect(object["member 5"] == 5)
        #expect(object["member 6"] == nil)
    }

    @Test func `Of equal names in a literal the last value stands at the first place`() {
        let value: JSONValue = ["a": 1, "b": 2, "a": 3]
        #expect(value.text() == #"{"a":3,"b":2}"#)
    }

    private static func object(_ pairs: some Sequence<(JSONString, JSONValue)>) -> JSONObject {
        var object = JSONObject()
        for (name, value) in pairs { object[name] = value }
        return object
    }
}
