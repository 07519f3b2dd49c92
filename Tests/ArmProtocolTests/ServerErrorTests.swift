import ArmProtocol
import Testing

struct ServerErrorTests {
    @Test(arguments: [
        ("<error code='c'/>", "c"), ("<error name='c'/>", "c"), ("<error type='c'/>", "c"),
        ("<error reason='c'/>", "c"), ("<error error='c'/>", "c"),
        ("<error><code>c</code></error>", "c"), ("<error><name> c\n</name></error>", "c"),
        ("<error><type>c</type></error>", "c"), ("<error><reason>c</reason></error>", "c"),
        ("<error><error>c</error></error>", "c"), ("<error><error code='c'/></error>", "c"),
        ("<error>c</error>", "c"), ("<error>\n  c\n  d </error>", "c d"),
        ("<error><x:code>c</x:code>text</error>", "c"), ("<error><![CDATA[c]]></error>", "c"),
        ("<error code=' c&#x9B;&#10;&#xA0;d '/>", "c d"), ("<error>&#x85;</error>", "unknown"),
        ("<error/>", "unknown"), ("<error> </error>", "unknown"),
        ("<error code=''/>", "unknown"), ("<error code=''>c</error>", "c"),
        ("<error><code/><name>c</name></error>", "c"),
        ("<error reason='d' code='c'>e</error>", "c"),
        ("<error name='d'><code>c</code></error>", "c"),
        ("<error xs:type='errorType' xmlns:name='u' code='c'/>", "c"),
        ("<error xs:type='errorType' xmlns:name='u'/>", "unknown"),
    ])
    func theCodeIsFoundWhereverItStands(element: String, code: String) throws {
        for body in [
            element, "<out>\(element)</out>", "<out><response>\(element)</response></out>",
            "<out><response><ok/><user_data/></response>\(element)</out>",
        ] {
            for request in [
                ArmRequest.read(DocumentKey(application: "a")),
                .save(DocumentKey(application: "a"), .absent),
            ] {
                let answer = try XMLForm().decode(Array(body.utf8), answering: request)
                guard case .error(let error) = answer else {
                    Issue.record("\(body) read as \(answer)")
                    continue
                }
                #expect(error.code == code, "\(body)")
            }
        }
    }

    @Test func theElementIsKeptWhole() throws {
        let element = "<error code='c' b='&#39;&lt;'><d>é &amp;</d></error>"
        #expect(try error(in: "<out>\(element)</out>").element == element)
    }

    @Test(arguments: 0..<4)
    func aLongElementIsCutBetweenTwoCharacters(shift: Int) throws {
        let start = "<error><x>" + String(repeating: "a", count: shift)
        let long = start + String(repeating: "😀", count: 5000) + "</x></error>"
        let kept = try error(in: "<out>\(long)</out>").element
        #expect(kept.utf8.count <= 4096 && kept.utf8.count > 4092)
        #expect(long.hasPrefix(kept))
    }

    @Test func aLongTextMakesNoLongCode() throws {
        let code = try error(in: "<error>\(String(repeating: "ж", count: 9999))</error>").code
        #expect(code == String(repeating: "ж", count: 128))
    }

    private func error(in body: String) throws -> ServerError {
        let request = ArmRequest.read(DocumentKey(application: "a"))
        guard case .error(let error) = try XMLForm().decode(Array(body.utf8), answering: request)
        else { throw MessageError(message: "no error in \(body)") }
        return error
    }
}
