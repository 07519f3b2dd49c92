import Testing

@testable import arm_server

@Suite("Reading XML")
struct XMLReaderTests {
    @Test(
        "What is not well-formed UTF-8 XML without a DTD is refused by name",
        arguments: [
            ("", "line 1: there is no root element"), ("a", "no root element"),
            ("\n\n<a", "line 3: the tag of a is not well-formed"), ("<a>", "not closed"),
            ("<a/>junk", "something follows"), ("<a/><b/>", "something follows"),
            ("<a></b>", "closes nothing"), ("<a></a b='1'>", "closes nothing"),
            ("< a/>", "no name"),
            ("<a/ >", "tag of a"), ("<1/>", "no name"), ("<a:b:c/>", "no name"),
            ("<:a/>", "no name"),
            ("<p:a/>", "prefix of p:a"), ("<a p:b='1'/>", "prefix of p:b"),
            ("<a><b xmlns:p='u'/><p:c/></a>", "prefix of p:c"),
            ("<a xmlns:p=''/>", "cannot be declared"), ("<a b='1' b='2'/>", "b stands twice"),
            ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "q:b stands twice"),
            ("<a b='1'c='2'/>", "tag of a"), ("<a b/>", "b has no value"),
            ("<a b=1/>", "no quotes"),
            ("<a b='1/>", "not closed"), ("<a b='<'/>", "< stands in"),
            ("<a>&undefined;</a>", "no reference"), ("<a>& </a>", "no reference"),
            ("<a>&amp</a>", "no reference"), ("<a>&#0;</a>", "no reference"),
            ("<a>&#xD800;</a>", "no reference"), ("<a>&#+65;</a>", "no reference"),
            ("<a>&#99999999999;</a>", "no reference"), ("<a>&#xFFFE;</a>", "no reference"),
            ("<a>\u{1}</a>", "cannot hold"), ("<a>\u{FFFF}</a>", "cannot hold"),
            ("<a>]]></a>", "outside of a CDATA"), ("<a><![CDATA[x]]</a>", "CDATA section is not"),
            ("<a><!-- -- --></a>", "comment"), ("<!-- ", "comment"),
            ("<a><?xml x?></a>", "instruction"),
            ("<?xml version='1.0' encoding='UTF-7'?><a/>", "other than UTF-8"),
            ("<?xml version='1.0' encoding='windows-1251'?><a/>", "other than UTF-8"),
            ("<?xml encoding='UTF-8'?><a/>", "declaration"),
            (" <?xml version='1.0'?><a/>", "instruct"),
            ("<!DOCTYPE a [<!ENTITY e 'boo'>]><a b='&e;'/>", "document type"),
            (
                "<?xml version='1.0'?><!-- c -->\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                "type"
            ),
            ("\u{FEFF}<!DOCTYPE a><a/>", "document type"),
        ]
    )
    func refused(_ text: String, _ reason: String) {
        let problem = #expect(throws: XMLProblem.self) {
            try XMLReader.element(from: Array(text.utf8))
        }
        #expect(problem?.message.contains(reason) == true, "\(problem?.message ?? "")")
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notUTF8() {
        for bytes: [UInt8] in [[0x3C, 0x61, 0xFF, 0x2F, 0x3E], [0xFF, 0xFE, 0x3C, 0x00]] {
            #expect(throws: XMLProblem.self) { try XMLReader.element(from: bytes) }
        }
    }

    @Test("A byte order mark and a declaration of UTF-8 are nothing to complain of")
    func prolog() throws {
        let text =
            "\u{FEFF}<?xml version=\"1.0\" encoding='utf-8' ?>\n<?pi ?><!-- <!DOCTYPE --><a/>"
        #expect(try XMLReader.element(from: Array(text.utf8)).name == "a")
    }

    @Test("Nesting is limited, and the limit itself is allowed")
    func depth() throws {
        let deepest = XMLReader.deepestLevel
        let nested = { (levels: Int) in
            Array(
                (String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels))
                    .utf8
            )
        }
        #expect(try XMLReader.element(from: nested(deepest)).name == "a")
        let problem = #expect(throws: XMLProblem.self) {
            try XMLReader.element(from: nested(deepest + 1))
        }
        #expect(problem?.message.contains("deeper than 256 levels") == true)
        #expect(throws: XMLProblem.self) { try XMLReader.element(from: nested(200_000)) }
    }

    @Test("White space is normalised as XML has it, and only where it is raw")
    func whiteSpace() throws {
        let text = "<a b='\t\n\r\r\n&#9;&#10;&#13;'>\t\r\n\r&#13;<![CDATA[\r\n\r]]></a>"
        let root = try XMLReader.element(from: Array(text.utf8))
        #expect(root.attribute("b").map { Array($0.utf8) } == Array("    \t\n\r".utf8))
        guard case .text(let content) = try #require(root.content.first) else {
            Issue.record("there is no text")
            return
        }
        #expect(Array(content.utf8) == Array("\t\n\n\r\n\n".utf8))
    }

    @Test("A document of the largest size the client takes is read whole, however it is escaped")
    func large() throws {
        let json = String(
            repeating: #"{"name":"\#(String(repeating: "ж", count: 500))"},"#,
            count: 12_000
        )
        let escaped = json.replacing("\"", with: "&quot;")
        let root = try XMLReader.element(from: Array("<a b=\"\(escaped)\"/>".utf8))
        #expect(root.attribute("b")?.utf8.count == json.utf8.count)
    }
}
