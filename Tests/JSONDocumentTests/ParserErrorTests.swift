import JSONDocument
import Testing

@Suite struct ParserErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: RawBytes
        let offset: Int
        let line: Int
        let column: Int
        let message: String
        var testDescription: String { text.testDescription }

        init(_ text: RawBytes, _ offset: Int, _ line: Int, _ column: Int, _ message: String) {
            self.text = text
            self.offset = offset
            self.line = line
            self.column = column
            self.message = message
        }
    }

    static let cases: [Case] = [
        Case("", 0, 1, 1, "there is no JSON here, the text is empty"),
        Case(
            "[1,%0A 2,%0A]",
            8,
            3,
            1,
            "a comma stands before the closing bracket; the last one has none"
        ),
        Case(
            "{\"a\":1,}",
            7,
            1,
            8,
            "a comma stands before the closing bracket; the last one has none"
        ),
        Case("{%0A  \"й\": 'x'}", 10, 2, 8, "strings stand in double quotes, not single ones"),
        Case("{name: 1}", 1, 1, 2, "a member name stands in double quotes"),
        Case("{\"a\" 1}", 5, 1, 6, "a colon after the member name should stand here, not \"1\""),
        Case("{\"a\" = 1}", 5, 1, 6, "a colon stands after a member name, not ="),
        Case("[1 2]", 3, 1, 4, "a comma or ] after the element should stand here, not \"2\""),
        Case(
            "{\"a\":1 \"b\":2}",
            7,
            1,
            8,
            "a comma or } after the member should stand here, not a quotation mark"
        ),
        Case(
            "[1",
            2,
            1,
            3,
            "the text ends too early: a comma or ] after the element should follow"
        ),
        Case("{\"a\":", 5, 1, 6, "the text ends too early: a value should follow"),
        Case("[\"йё\", \"abc", 9, 1, 8, "the string that starts here has no closing quote"),
        Case("[\"a%0Ab\"]", 3, 1, 4, "a line break in a string is written \\n"),
        Case("[\"a%09b\"]", 3, 1, 4, "a tab in a string is written \\t"),
        Case(
            "[\"%01\"]",
            2,
            1,
            3,
            "a control character in a string is written as an escape, here \\u0001"
        ),
        Case("[\"\\x\"]", 2, 1, 3, "there is no such escape; a backslash itself is written \\\\"),
        Case("[\"\\u12g4\"]", 6, 1, 7, "\\u needs four hexadecimal digits"),
        Case(
            "[\"й%FFй\"]",
            4,
            1,
            4,
            "the text is not UTF-8: byte 0xFF does not start a valid sequence here"
        ),
        Case("[01]", 1, 1, 2, "a number has no leading zero"),
        Case("[+1]", 1, 1, 2, "a number has no plus sign"),
        Case("[.5]", 1, 1, 2, "a number has a digit before its decimal point"),
        Case("[1.]", 3, 1, 4, "a decimal point needs a digit behind it"),
        Case("[1e]", 3, 1, 4, "an exponent needs a digit"),
        Case("[-]", 2, 1, 3, "a minus sign needs a digit behind it"),
        Case("[NaN]", 1, 1, 2, "NaN is no JSON number"),
        Case("[True]", 1, 1, 2, "true is written in small letters"),
        Case("[undefined]", 1, 1, 2, "undefined is not known to JSON; did you mean null?"),
        Case("hello", 0, 1, 1, "hello is no JSON value; a string stands in double quotes"),
        Case("{} // x", 3, 1, 4, "JSON has no comments"),
        Case("{}%0D%0A{}", 4, 2, 1, "nothing may follow the value, but there is \"{\""),
        Case("%EF%BB%BF{}", 0, 1, 1, "the text starts with a byte order mark; JSON has none"),
        Case("%FF%FE[%00]%00", 0, 1, 1, "the text is not UTF-8 (UTF-16, or not a text at all?)"),
    ]

    @Test(arguments: cases)
    func `An error says what is wrong and where`(expected: Case) throws {
        let error = try #require(throws: JSONParseError.self) {
            try JSONValue(parsing: expected.text.bytes)
        }
        #expect(error.message == expected.message)
        #expect(error.offset == expected.offset)
        #expect(error.line == expected.line)
        #expect(error.column == expected.column)
        #expect(error.description == "line \(error.line), column \(error.column): \(error.message)")
    }
}
