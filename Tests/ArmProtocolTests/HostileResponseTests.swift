import ArmProtocol
import SeededRandom
import Testing

struct HostileResponseTests {
    private static let requests = [
        ArmRequest.read(DocumentKey(application: "a")),
        .save(DocumentKey(application: "a"), .absent),
    ]

    @Test(arguments: [
        ("", "an empty body"), (" \r\n\t", "an empty body"), ("\u{FEFF}\n", "an empty body"),
        ("<!DOCTYPE html><p>Sign in", "an HTML page"), ("<html><body>", "an HTML page"),
        ("\n<!doctype HTML>\n<HTML>", "an HTML page"), ("<HTML></HTML>", "an HTML page"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "an HTML page"),
        ("<!-- x --><html><br></html>", "an HTML page"),
        ("{\"error\":1}", "JSON instead of XML"), ("[]", "JSON instead of XML"),
        ("502 Bad Gateway", "plain text instead of XML"),
        ("<out>\n<response>\n<ok", "XML cut short at line 3"),
        ("<out>\n<response>", "XML cut short at line 2"),
        ("<out><response><![CDATA[x", "XML cut short at line 1"),
        ("<!DOCTYPE out><out/>", "a document type declaration, which is refused"),
        (
            "<!DOCTYPE out [<!ENTITY a 'b'>]><out><response><ok/>&a;</response></out>",
            "a document type declaration, which is refused"
        ),
        (
            "<!DOCTYPE out SYSTEM 'file:///etc/passwd'><out/>",
            "a document type declaration, which is refused"
        ),
        (
            "<out><response><ok/>&nbsp;</response></out>",
            "broken XML (undefined entity) at line 1, column 21"
        ),
        ("<out>\n </in>", "broken XML (mismatched tag) at line 2, column 4"),
        ("<out/><out/>", "broken XML (junk after document element) at line 1, column 7"),
        ("<x:soap/>", "XML whose root is 'x:soap' instead of 'out'"), ("<out/>", "neither"),
        ("<out>ok</out>", "neither"), ("<ok/>", "instead of 'out'"),
        ("<out><ok/></out>", "neither"), ("<out><response><x/></response></out>", "without"),
        ("<out><response>gone</response></out>", "without"),
        ("<out><response/><response/></out>", "2 'response' elements"),
        ("<?xml version='1.0' encoding='EBCDIC-CP-US'?><out/>", "encoding"),
    ])
    func whatIsNoAnswerIsNamed(body: String, message: String) {
        for request in Self.requests {
            #expect {
                try XMLForm().decode(Array(body.utf8), answering: request)
            } throws: { error in
                (error as? MessageError)?.message.contains(message) == true
            }
        }
    }

    @Test func theAnswerToTheOtherCommandIsNoAnswer() {
        let key = DocumentKey(application: "a")
        let ok = Array("<out><response><ok/></response></out>".utf8)
        let data = Array("<out><response><user_data/></response></out>".utf8)
        let twice = Array("<out><response><user_data/><user_data/></response></out>".utf8)
        let nothing = Array("<out><response/></out>".utf8)
        #expect(throws: MessageError.self) { try XMLForm().decode(ok, answering: .read(key)) }
        #expect(throws: MessageError.self) { try XMLForm().decode(twice, answering: .read(key)) }
        for body in [data, nothing] {
            #expect(throws: MessageError.self) {
                try XMLForm().decode(body, answering: .save(key, .absent))
            }
        }
    }

    @Test(arguments: [
        "<out xmlns:a='b'><response><ok></ok></response></out>",
        "<out><response><user_data><user_data user_data='{&quot;й&quot;:[]}'/></user_data>"
            + "</response></out>",
        "<out><error code='cannot_perform_cmd'>é</error></out>",
    ])
    func anAnswerCutAnywhereIsNoAnswer(body: String) {
        let bytes = Array(body.utf8)
        for end in 0..<bytes.count {
            for request in Self.requests {
                #expect(throws: MessageError.self, "cut at \(end)") {
                    try XMLForm().decode(Array(bytes[..<end]), answering: request)
                }
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func noBytesTrap(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array(
            "<out><response><user_data a='&#9;'>b<c/></user_data></response></out>".utf8
        )
        for _ in 0..<200 {
            var body = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<body.count, using: &random)
                body[place] = UInt8.random(in: 0...255, using: &random)
            }
            for request in Self.requests { _ = try? XMLForm().decode(body, answering: request) }
        }
    }

    @Test(arguments: [
        (String(repeating: "<a>", count: 100_000), "nested deeper than 64 levels"),
        (String(repeating: "<out><response>", count: 100_000), "nested deeper than 64 levels"),
        (
            "<out " + (0..<5000).map { "a\($0)=''" }.joined(separator: " ") + "/>",
            "more than 256 attributes"
        ),
        ("<out>" + String(repeating: "<a/>", count: 600_000) + "</out>", "more than 524288"),
        (String(repeating: " ", count: 30 << 20) + "<out/>", "31457286 bytes, over the limit"),
    ])
    func whatIsTooMuchIsRefused(body: String, message: String) {
        #expect {
            try XMLForm().decode(Array(body.utf8), answering: Self.requests[0])
        } throws: { error in
            (error as? MessageError)?.message.contains(message) == true
        }
    }
}
