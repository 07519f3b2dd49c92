import ArmProtocol
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("What somebody probably meant")
struct MistakeTests {
    @Test(
        "is the pointer, where the place is in another notation",
        arguments: [
            ("a", "/a"), ("a/b", "/a/b"), ("#/a/b", "/a/b"), ("#a", "/a"), ("$.a.b", "/a/b"),
            ("a.b", "/a/b"), (".a.b", "/a/b"), ("a[0].b", "/a/0/b"), ("$['a'][\"b\"]", "/a/b"),
            ("$[0]", "/0"), ("a[", "/a["), ("a..b", "/a..b"), ("a~b", "/a~0b"), ("/a~b", nil),
            ("a/b.c", "/a/b.c"), ("$['a/b']", "/a~1b"), ("$", "/$"),
        ] as [(String, String?)]
    )
    func pointer(typed: String, meant: String?) {
        #expect(LikelyPointer.likely(for: typed) == meant)
    }

    @Test(
        "is the member of a similar name, where there is one",
        arguments: [
            ("/myReprots", "/myReports"), ("/MYREPORTS/0/nmae", "/myReports/0/name"),
            ("/myReports/0/name", nil), ("/myReports/7", nil), ("/other", nil),
            ("/myReprots/7", nil), ("/myReports/0/name/x", nil), ("/myReports/0/ix", nil),
        ] as [(String, String?)]
    )
    func member(typed: String, meant: String?) throws {
        let document: JSONValue = ["myReports": [["name": "Calls", "id": 7]]]
        let pointer = try JSONPointer(parsing: typed)
        #expect(LikelyPointer.likely(for: pointer, in: document)?.text == meant)
    }

    @Test(
        "is the value in quotes, where it is none without them",
        arguments: [
            ("hello", #""hello""#), ("it's", #""it's""#), ("'x'", #""x""#), ("True", "true"),
            ("NULL", "null"), ("1,5", #""1,5""#), ("", #""""#), ("007", #""007""#),
            ("{a: 1}", nil), ("[1", nil), ("\"x", nil),
        ] as [(String, String?)]
    )
    func value(typed: String, meant: String?) {
        #expect(LikelyValue.likely(for: typed)?.text(.compact) == meant)
    }

    @Test("is given ready for the shell")
    func advice() {
        let advice = LikelyValue.advice(for: "it's", at: "/a b", flags: " -a hodor")
        #expect(advice == #"Did you mean: arm-sync set '/a b' '"it'\''s"' -a hodor"#)
        #expect(LikelyValue.advice(for: "{a: 1}", at: "/a", flags: "").contains("single quotes"))
    }

    @Test(
        "is the document whose ids are nearest",
        arguments: [
            ("Hodor", "102", "hodor/102"), ("hodr", "102", "hodor/102"),
            ("hodor", "103", "hodor/102"), ("hodor", nil, nil), ("reports", nil, "reports"),
            ("report", nil, "reports"), ("report", "7", "reports"), ("other", "102", nil),
            ("x", nil, nil), ("b", "9", "ab/9"), ("hodor", "2021", "hodor/2022"),
        ] as [(String, String?, String?)]
    )
    func document(application: String, agent: String?, meant: String?) {
        let keys = [("hodor", "102"), ("hodor", "2022"), ("reports", nil), ("ab", "9")].map {
            DocumentKey(application: $0.0, agent: $0.1)
        }
        let typed = DocumentKey(application: application, agent: agent)
        let found = LikelyDocument.likely(for: typed, among: keys)
        #expect(found?.words.split(separator: " / ").joined(separator: "/") == meant)
    }
}

@Suite("The editor")
struct EditorTests {
    @Test(
        "is the one chosen, or else one there is",
        arguments: [
            (["VISUAL": "v -x", "EDITOR": "e"], "v -x"), (["EDITOR": "e"], "e"),
            (["VISUAL": "", "EDITOR": "e"], "e"), (["VISUAL": "  ", "PATH": "/b"], "vi"),
            (["PATH": "/a:/b"], "editor"), (["PATH": "/b"], "vi"), (["PATH": "/c"], nil),
        ] as [([String: String], String?)]
    )
    func choice(environment: [String: String], command: String?) {
        let programs = ["/a/editor", "/b/vi"]
        let editor = Editor(environment: environment) { programs.contains($0) }
        #expect(editor?.command == command)
    }
}
