import JSONDocument
import Testing

@Suite struct WriterTests {
    @Test func `Every code point is written so that XML 1.0 can carry it`() throws {
        for scalar in (0...0xFFFF).compactMap(Unicode.Scalar.init) + ["😀", "\u{1FFFF}"] {
            let string = JSONValue.string(JSONString("a\(scalar)b"))
            let text = string.text()
            #expect(try JSONValue(parsing: text) == string)
            let isRaw = text.unicodeScalars.contains(scalar) && scalar != "\\" && scalar != "\""
            let isCarried: Bool =
                switch scalar.value {
                case 0x22, 0x5C, 0..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: false
                default: true
                }
            // The letters of an escape are in the text anyway.
            if !"abcdef0123456789u".unicodeScalars.contains(scalar) {
                #expect(isRaw == isCarried, "U+\(String(scalar.value, radix: 16))")
            }
        }
    }

    @Test func `Every lone surrogate stays an escape`() throws {
        for unit in 0xD800...0xDFFF {
            let text = "\"\\u\(String(unit, radix: 16))\""
            #expect(try JSONValue(parsing: text).text() == text)
        }
    }

    @Test func `Short escapes are used where there are some, and a slash has none`() {
        let value: JSONValue = "\u{8}\u{C}\n\r\t\"\\/\u{1}\u{1F}"
        #expect(value.text() == #""\b\f\n\r\t\"\\/\u0001\u001f""#)
    }

    @Test func `The indented layout has two spaces a level and nothing at the end`() throws {
        let value = try JSONValue(parsing: #"{"a":[1,{"b":null}],"c":[],"d":{},"e":"x"}"#)
        let expected = """
            {
              "a": [
                1,
                {
                  "b": null
                }
              ],
              "c": [],
              "d": {},
              "e": "x"
            }
            """
        #expect(value.text(.indented) == expected)
        #expect(JSONValue.array([]).text(.indented) == "[]")
        #expect(JSONValue.null.text(.indented) == "null")
    }
}
