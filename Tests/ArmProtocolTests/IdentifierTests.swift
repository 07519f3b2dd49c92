import ArmProtocol
import Testing

struct IdentifierTests {
    @Test(arguments: [
        "a", "..", "../../x", "_", "O'Нил & <Сын>", " ", "и\u{306}", "😀\u{10FFFF}",
        String(repeating: "й", count: 2048),
    ])
    func whatNamesSomethingIsAnId(id: String) throws {
        try DocumentKey(application: id, agent: id).validate()
        let body = try XMLForm().encode(.read(DocumentKey(application: id, agent: id)))
        let result = try XMLLint(["--xpath", "string(//@agent_id)"], document: body)
        #expect(result.output == Array((id + "\n").utf8), "\(result.complaints)")
    }

    @Test(arguments: [
        ("", "is empty"), ("a\u{0}", "U+0000 at character 2"), ("\r\n", "U+000D at character 1"),
        ("\t", "U+0009"), ("\u{7F}", "U+007F"), ("\u{9F}", "U+009F"), ("\u{FFFE}", "U+FFFE"),
        ("\u{FFFF}", "U+FFFF"), (String(repeating: "й", count: 2049), "4098 bytes"),
    ])
    func whatXMLOrAHeaderCannotHoldIsNoId(id: String, message: String) {
        for (key, name) in [
            (DocumentKey(application: id), "application id"),
            (DocumentKey(application: "a", agent: id), "agent id"),
        ] {
            #expect {
                try key.validate()
            } throws: { error in
                let text = (error as? MessageError)?.message ?? ""
                return text.contains(name) && text.contains(message)
            }
        }
    }

    @Test func aDomainCannotBeAStepInAPath() throws {
        try Identifier.validate(domain: "biysk.local")
        try Identifier.validate(domain: "отдел")
        for wrong in [".", "..", "", "a\n"] {
            #expect(throws: MessageError.self) { try Identifier.validate(domain: wrong) }
        }
    }
}
