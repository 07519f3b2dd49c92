import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("Words")
struct WordingTests {
    @Test(
        "a shell takes any text back as one word",
        arguments: [
            ("plain-1_./:@%+=,", "plain-1_./:@%+=,"), ("", "''"), ("a b", "'a b'"),
            ("$HOME", "'$HOME'"),
            ("it's", #"'it'\''s'"#), ("''", #"''\'''\'''"#), ("a\nb", "'a\nb'"), ("*", "'*'"),
            ("~", "'~'"), ("Ж", "Ж"), ("!", "'!'"), ("`x`", "'`x`'"), ("a;b", "'a;b'"),
        ]
    )
    func shellWord(text: String, word: String) {
        #expect(text.shellWord == word)
    }

    @Test(
        "flags name the document so that they can be pasted",
        arguments: [
            (DocumentKey(application: "hodor", agent: "102"), " -a hodor -g 102"),
            (DocumentKey(application: "two words"), " -a 'two words'"),
            (DocumentKey(application: "-x", agent: "--y z"), " --application=-x --agent='--y z'"),
        ]
    )
    func flags(key: DocumentKey, flags: String) {
        #expect(key.flags == flags)
    }

    @Test("nothing of a foreign text steers a terminal")
    func printable() {
        let text = "\u{0}\u{7}\u{1B}[2J\u{7F}\u{85}\u{9B}31m\r\n\ta й 👩‍👩‍👧"
        let gone = "\u{FFFD}"
        let expected = gone + gone + gone + "[2J" + gone + gone + gone + "31m" + gone + gone + gone
        #expect(text.printable == expected + "a й 👩‍👩‍👧")
    }

    @Test(
        "a message becomes a sentence",
        arguments: [
            ("nothing listens", "Nothing listens."), ("Done!", "Done!"), ("why?", "Why?"), ("", ""),
            ("x.", "X."), ("ждать", "Ждать."),
        ]
    )
    func sentence(message: String, sentence: String) {
        #expect(message.sentence == sentence)
    }

    @Test("one and many are told apart")
    func counted() {
        #expect([0, 1, 2].map { $0.counted("edit") } == ["0 edits", "1 edit", "2 edits"])
    }

    @Test(
        "a moment ahead of the clock is not in the future for people",
        arguments: [
            (Duration.zero, "just now"), (.milliseconds(999), "just now"),
            (.seconds(-60), "just now"),
            (.seconds(1), "1 s ago"), (.minutes(3), "3 min ago"), (.hours(72), "3 days ago"),
        ]
    )
    func ago(span: Duration, words: String) {
        #expect(Timestamp.before(span).ago(.now) == words)
    }

    @Test(
        "times in JSON are whole seconds, rounded down",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00Z"), (999, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (1_795_341_600_500, "2026-11-22T10:00:00Z"),
        ]
    )
    func times(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).json.text == text)
    }

    @Test("an excerpt is the compact text, cut")
    func excerpt() {
        let value: JSONValue = ["name": "й\u{9B}\u{1B}"]
        #expect(value.excerpt(80) == #"{"name":"й\u009b\u001b"}"#)
        #expect(value.excerpt(10) == #"{"name":"…"#)
        #expect(value.excerpt(10).count == 10)
    }

    @Test(
        "paragraphs break between words and cut none",
        arguments: [
            ("one two three", 7, ["one two", "three"]), ("one two three", 13, ["one two three"]),
            ("unbreakable x", 4, ["unbreakable", "x"]), ("", 10, []), ("  a   b  ", 10, ["a b"]),
            ("жжж жжж", 3, ["жжж", "жжж"]),
        ]
    )
    func paragraph(text: String, width: Int, lines: [String]) {
        #expect(Paragraph.wrapped(text, width: width) == lines)
        #expect(Paragraph.indented(text, width: width + 4) == lines.map { "    " + $0 })
    }

    @Test("a patch becomes lines that say what goes and what comes")
    func patchLines() throws {
        let before: JSONValue = ["a": 1, "b": [1, 2], "c": "gone"]
        let patch = JSONPatch([
            .replace(try JSONPointer(parsing: "/a"), 2),
            .add(try JSONPointer(parsing: "/b/-"), "new"),
            .remove(try JSONPointer(parsing: "/c")),
            .move(from: try JSONPointer(parsing: "/b/0"), to: try JSONPointer(parsing: "/d")),
            .copy(from: try JSONPointer(parsing: "/a"), to: try JSONPointer(parsing: "/e")),
            .replace(JSONPointer(), [:]),
        ])
        let lines = PatchLines(palette: Palette(isColored: false), width: 40)
            .lines(of: patch, from: before)
        #expect(
            lines == [
                "- /a: 1", "+ /a: 2", #"+ /b/-: "new""#, #"- /c: "gone""#, "> /b/0 moved to /d",
                "+ /e copied from /a",
                #"- the whole document: {"a":2,"b":[2,"new"…"#, "+ the whole document: {}",
            ]
        )
    }
}
