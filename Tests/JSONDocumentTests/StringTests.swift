import JSONDocument
import Testing

@Suite struct StringTests {
    @Test func `Composed and decomposed text are different strings and member names`() {
        let composed: JSONString = "\u{439}"
        let decomposed: JSONString = "\u{438}\u{306}"
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(JSONValue.string(composed) != .string(decomposed))
        var object = JSONObject()
        object[composed] = 1
        object[decomposed] = 2
        #expect(object.count == 2)
        #expect(object[composed] == 1)
        #expect(JSONValue.object(object).difference(to: [:]).operations.count == 2)
    }

    @Test func `A lone surrogate is three bytes, and one replacement character as text`() throws {
        let value = try JSONValue(parsing: #""a\ud83db\udc00""#)
        guard case .string(let string) = value else {
            Issue.record("not a string")
            return
        }
        #expect(string.bytes == [0x61, 0xED, 0xA0, 0xBD, 0x62, 0xED, 0xB0, 0x80])
        #expect(string.byteCount == 8)
        #expect(string.text == "a\u{FFFD}b\u{FFFD}")
        #expect(string != JSONString(string.text))
        #expect(value.text() == #""a\ud83db\udc00""#)
    }

    @Test func `A pair of surrogate escapes is the character itself`() throws {
        #expect(try JSONValue(parsing: #""\ud83d\ude39""#) == "😹")
        #expect(
            try JSONValue(parsing: #""\ud83d\ude39""#).hashValue == ("😹" as JSONValue).hashValue
        )
    }

    @Test func `Names with different lone surrogates are different members`() throws {
        let value = try JSONValue(parsing: #"{"\ud800":1,"\ud801":2,"\ud800":3}"#)
        #expect(value.text() == #"{"\ud800":3,"\ud801":2}"#)
        #expect(value.object?.count == 2)
    }

    @Test func `Strings are ordered by their bytes`() {
        let strings: [JSONString] = ["", "a", "a\u{0}", "aa", "b", "ä", "й", "\u{FFFF}", "😀"]
        #expect(strings.reversed().sorted() == strings)
        #expect(strings.allSatisfy { JSONString($0.text) == $0 && $0.bytes == Array($0.text.utf8) })
    }

    @Test(arguments: 0...40)
    func `Strings that differ in one byte only are different`(length: Int) {
        let letters = Array(repeating: "a", count: length)
        let string = JSONString(letters.joined())
        #expect(string == JSONString(letters.joined()))
        for index in letters.indices {
            var changed = letters
            changed[index] = "b"
            #expect(JSONString(changed.joined()) != string)
            #expect(string < JSONString(changed.joined()))
        }
    }
}
