import JSONDocument
import Testing

/// What every parser must refuse, after the categories of the public JSON parsing test suite.
@Suite struct ParserRefusalTests {
    static let arrays: [RawBytes] = [
        "[1 true]", "[a%E5]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]",
        "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[%FF]", "[1:2]", "[,]", "[-]", "[   , \"\"]",
        "[\"a\",%0A4%0A,1,", "[1,]", "[1,%0A1%0A,1", "[1,,]", "[\"%0Ba\"\\f]", "[*]", "[\"\"",
        "[1,", "[{}", "[fals]", "[nul]", "[tru]", "[\"a\"", "[1]x", "[1]]", "[][]", "[", "]", "[[",
    ]
    static let numbers: [RawBytes] = [
        "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]", "[0.3e]",
        "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1 000.0]", "[1.0e+]", "[1.0e-]", "[1.0e]",
        "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[%EF%BC%91]", "[+1]",
        "[++1234]", "[+Inf]", "[-1x]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[1ea]", "[1e1%E5]",
        "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]", "[0%E5]", "[123%E5]",
        "[0x1]", "[0x42]", "[-Infinity]", "[Infinity]", "[-2.]", "[1+2]", "[1e1.5]", "[00]",
        "[-00]",
        "-", "1.", "1e", "01", "0.", "-e1", "[--1]", "[0e+-1]", "[12e]",
    ]
    static let objects: [RawBytes] = [
        "[\"x\", truth]", "{[: \"x\"}", "{\"x\", null}", "{\"x\"::\"b\"}",
        "{%F0%9F%87%A8%F0%9F%87%AD}",
        "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"%B9\":\"0\",}", "{\"a\" b}", "{:\"b\"}",
        "{\"a\" \"b\"}",
        "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}",
        "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//",
        "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a",
        "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#", "{", "}", "{,}", "{\"a\":1,", "{\"a\":}", "{\"a\":1 \"b\":2}",
        "{\"a\":1]",
    ]
    static let strings: [RawBytes] = [
        " ", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]",
        "[é]",
        "[\"\\%00\"]", "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\%09\"]", "[\"\\🌀\"]", "[\"\\\"]",
        "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]", "[\"\\uD800\\uD800\\x\"]", "[\"\\u%E5\"]",
        "[\"\\a\"]",
        "[\"\\uqqqq\"]", "[\"\\%E5\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']",
        "abc",
        "[\"\\", "[\"a%00a\"]", "[\"new%0Aline\"]", "[\"%09\"]", "[\"%1F\"]", "\"\\UA66D\"",
        "\"\"x",
        "[\"asd]", "[\"\\012\"]", "[\"\\u\"]", "\"\\u12", "\"\\ud800\\u", "\"abc", "[\"\\'\"]",
    ]
    static let encodings: [RawBytes] = [
        "%EF%BB%BF{}", "%EF%BB%BF", "%EF%BB{}", "%FF%FE[%00]%00", "%00[%00]", "[\"%80\"]",
        "[\"%BF\"]",
        "[\"%C0%80\"]", "[\"%C0%AF\"]", "[\"%C1%BF\"]", "[\"%E0%80%AF\"]", "[\"%E0%9F%BF\"]",
        "[\"%ED%A0%80\"]", "[\"%ED%BF%BF\"]", "[\"%ED%A0%81%ED%B0%80\"]", "[\"%F0%80%80%AF\"]",
        "[\"%F0%8F%BF%BF\"]", "[\"%F4%90%80%80\"]", "[\"%F5%80%80%80\"]", "[\"%F8%88%80%80%80\"]",
        "[\"%FC%83%BF%BF%BF%BF\"]", "[\"%FE\"]", "[\"%FF\"]", "[\"%C3\"]", "[\"%E2%82\"]",
        "[\"%F0%9F%98\"]", "[\"%C3a\"]", "[\"%E2%82a\"]", "[\"%81\"]", "[\"%E9\"]", "\"%D0", "%A3",
        "{\"%FF\":1}", "[\"日ш%FA\"]", "[%C2%A0]", "[%0C]", "%0C[]", "[%E2%81%A0]", "%E2%81%A0",
    ]
    static let structures: [RawBytes] = [
        "", "<.>", "[<null>]", "[True]", "1]", "{}}", "[][]", "2@", "{\"\":",
        "{\"a\":/*comment*/\"b\"}",
        "{\"a\": true} \"x\"", "['", "[\"a", "[,", "[{", "{[", "{'a'", "{\"a\":\"b\"}#{}", "*",
        "[\"a\", \"b", "[\\u000A\"\"]", "[1", "[1]%00", "[false, nul", "[true, fals", "[false, tru",
        "{\"asd\":\"asd\"", "%E5", "å", "nulll", "truefalse", "tru", "nul", "fals", "NULL",
        "[undefined]",
        "[None]", "//x%0A1", "1 2", "{} {}", "\"a\" \"b\"", "%EF%BB%BF1",
    ]

    @Test(arguments: arrays + numbers + objects + strings + encodings + structures)
    func `A text that is no JSON is refused at a place inside it`(text: RawBytes) throws {
        let error = try #require(throws: JSONParseError.self) {
            try JSONValue(parsing: text.bytes)
        }
        #expect(error.offset >= 0 && error.offset <= text.bytes.count)
        #expect(error.line >= 1 && error.column >= 1 && error.column <= error.offset + 1)
        #expect(!error.message.isEmpty && error.message.last != ".")
    }

    @Test(arguments: ["[", "{\"\":", "[{\"\":", "[\"a\",[", "{\"a\":{\"b\":["])
    func `A hundred thousand open brackets are refused, not followed`(bracket: String) throws {
        let text = String(repeating: bracket, count: 100_000)
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error.message == "arrays and objects lie more than 512 deep here")
    }

    @Test func `Every prefix of a document is refused, and none crashes`() throws {
        let text = #"{"é\n\ud83d\ude39":[1.5e-3,true,null,"\ud800",{"a":"б","":[[]]}]}"#
        let bytes = Array(text.utf8)
        for count in bytes.indices {
            #expect(throws: JSONParseError.self) { try JSONValue(parsing: Array(bytes[..<count])) }
        }
        #expect(throws: Never.self) { try JSONValue(parsing: bytes) }
    }

    @Test func `A document with any one byte changed never crashes the parser`() {
        let bytes = Array(#"{"é\n\ud83d\ude39":[1.5e-3,true,null,"\ud800",{"a":"б"}]}"#.utf8)
        var accepted = 0
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = bytes
                changed[index] = byte
                guard let value = try? JSONValue(parsing: changed) else { continue }
                accepted += 1
                #expect((try? JSONValue(parsing: value.serialized())) == value)
            }
        }
        #expect(accepted > bytes.count && accepted < bytes.count * 200)
    }
}
