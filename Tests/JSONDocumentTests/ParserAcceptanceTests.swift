import JSONDocument
import Testing

/// What every parser must accept, after the categories of the public JSON parsing test suite.
@Suite struct ParserAcceptanceTests {
    /// Texts without white space that are written back as they are.
    static let verbatim: [RawBytes] = [
        "[]", "{}", "[[]]", "[\"\"]", "[false]", "[null]", "[null,1,\"1\",{}]", "[1,null,null,2]",
        "42", "-0.1", "null", "true", "false", "\"asd\"", "\"\"", "\" \"", "0", "-0", "[-0]",
        "[123e65]", "[0e+1]", "[0e1]", "[20e1]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]",
        "[123e45]", "[123.456e78]", "[1e-2]", "[1e+2]", "[123.456789]", "[1.0]", "[1.00e00]",
        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
        "[12345678901234567890]", "{\"min\":-1.0e+28,\"max\":1.0e+28}", "{\"\":0}",
        "{\"asd\":\"sdf\",\"dfg\":\"fgh\"}", "{\"a\":[]}", "{\"b\":1,\"a\":2}",
        "[\"\\\"\\\\\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]",
        "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\u0000\"]", "{\"foo\\u0000bar\":42}", "[\"π\"]",
        "[\"€𝄞\"]", "[\"⍂㈴⍂\"]", "[\"%F4%8F%BF%BF\"]", "[\"%F0%9B%BF%BF\"]", "[\"%E2%80%A8\"]",
        "[\"%E2%80%A9\"]", "[\"%EF%B7%90\"]", "[\"%ED%9F%BF\"]", "[\"%EE%80%80\"]", "[\"%C2%A0\"]",
        "[\"\\ud800\"]", "[\"\\udfff\"]", "[\"\\ud800abc\"]", "[\"\\udc00\\ud800\"]",
        "{\"\\ud800\":1,\"\\ud801\":2}", "[\"\\ud800\\ud800\\n\"]", "[\"\\ufffe\"]",
        "[\"\\uffff\"]",
        "[123123e100000]", "[-123123123123123123123123123123]", "[1.5e+9999]", "[-1e-9999999]",
        "[0.4e00669999999999999999969999999006]", "[1e5555555555555555555555555555555555555]",
    ]

    @Test(arguments: verbatim)
    func `A text without white space is given back as it was`(text: RawBytes) throws {
        #expect(try JSONValue(parsing: text.bytes).serialized() == text.bytes)
    }

    /// Texts, and what is written for them.
    static let respelled: [(RawBytes, RawBytes)] = [
        ("[[]   ]", "[[]]"), (" [1]", "[1]"), ("[2] ", "[2]"), ("[1%0A]", "[1]"),
        ("[\"a\"]%0A", "[\"a\"]"), (" %09%0D%0A[] ", "[]"), ("[ 4]", "[4]"),
        ("[ \"asd\"]", "[\"asd\"]"),
        ("{%0A\"a\": \"b\"%0A}", "{\"a\":\"b\"}"),
        ("{\"a\" : 1 , \"b\" : 2 }", "{\"a\":1,\"b\":2}"),
        ("{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":\"c\"}"),
        ("{\"a\":\"b\",\"a\":\"b\"}", "{\"a\":\"b\"}"),
        ("{\"a\":1,\"b\":2,\"\\u0061\":3}", "{\"a\":3,\"b\":2}"),
        ("[\"\\u0060\\u012a\\u12AB\"]", "[\"`Īካ\"]"), ("[\"\\uD801\\udc37\"]", "[\"𐐷\"]"),
        ("[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"😹💍\"]"), ("[\"\\/\"]", "[\"/\"]"),
        ("[\"\\uDBFF\\uDFFF\"]", "[\"%F4%8F%BF%BF\"]"),
        ("[\"new\\u00A0line\"]", "[\"new%C2%A0line\"]"),
        ("[\"\\u002c\"]", "[\",\"]"), ("[\"\\u0821\"]", "[\"ࠡ\"]"), ("[\"\\u0123\"]", "[\"ģ\"]"),
        ("[\"\\u0022\"]", "[\"\\\"\"]"), ("[\"\\u005C\"]", "[\"\\\\\"]"),
        ("[\"\\u000a\"]", "[\"\\n\"]"),
        ("[\"\\u2028\"]", "[\"%E2%80%A8\"]"), ("[\"\\uD83F\\uDFFE\"]", "[\"%F0%9F%BF%BE\"]"),
        ("[\"a%7Fa\"]", "[\"a\\u007fa\"]"), ("[\"%C2%85\"]", "[\"\\u0085\"]"),
        ("[\"%EF%BF%BF\"]", "[\"\\uffff\"]"), ("[\"%EF%BF%BE\"]", "[\"\\ufffe\"]"),
        ("[\"\\uD800\\u0041\"]", "[\"\\ud800A\"]"),
        ("[\"\\uD800\\uD800\\uDC00\"]", "[\"\\ud800𐀀\"]"),
        ("[\"\\uDd1e\\uD834\"]", "[\"\\udd1e\\ud834\"]"), ("[\"\\uD800\\n\"]", "[\"\\ud800\\n\"]"),
    ]

    @Test(arguments: respelled)
    func `A text is accepted and written in its own form`(text: RawBytes, form: RawBytes) throws {
        #expect(try JSONValue(parsing: text.bytes).serialized() == form.bytes)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 40], [0, 3, 8, 11])
    func `An escape or a letter beyond ASCII may stand anywhere in a string`(
        before: Int,
        behind: Int
    ) throws {
        for (piece, written) in [("\\n", "\\n"), ("й", "й"), ("\\u0041", "A"), ("\\\\", "\\\\")] {
            let head = String(repeating: "x", count: before)
            let tail = String(repeating: "y", count: behind)
            let value = try JSONValue(parsing: "[\"\(head)\(piece)\(tail)\"]")
            #expect(value.text() == "[\"\(head)\(written)\(tail)\"]")
        }
    }

    @Test func `Arrays and objects may lie 512 deep`() throws {
        let arrays = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSONValue(parsing: arrays).text() == arrays)
        let objects =
            String(repeating: "{\"a\":", count: 511) + "[]" + String(repeating: "}", count: 511)
        #expect(try JSONValue(parsing: objects).depth == 512)
    }
}
