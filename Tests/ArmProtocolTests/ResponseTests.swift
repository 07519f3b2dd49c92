import ArmProtocol
import JSONDocument
import Testing

struct ResponseTests {
    private static let read = ArmRequest.read(DocumentKey(application: "hodor"))
    private static let save = ArmRequest.save(DocumentKey(application: "hodor"), .empty)

    @Test(arguments: ["compact", "pretty"])
    func theSampleAnswersAreRead(layout: String) throws {
        let saved = try RepositoryFile.sample("messages/save_user_data.response.\(layout).xml")
        #expect(try XMLForm().decode(saved, answering: Self.save) == .saved)
        let stored = try RepositoryFile.sample("messages/read_user_data.response.\(layout).xml")
        let document = try JSONValue(parsing: RepositoryFile.sample("documents/reports.json"))
        #expect(
            try XMLForm().decode(stored, answering: Self.read)
                == .userData(.document(document, .json))
        )
    }

    @Test(arguments: [
        ("<out><response><ok/></response></out>", ArmResponse.saved),
        ("<a:out xmlns:a='u'><a:response><a:ok/></a:response></a:out>", .saved),
        ("<out><x/>text<response><y/><ok>done</ok></response><z/></out>", .saved),
        ("\u{FEFF}<!-- c --><?p i?><out><response><ok/></response></out>\n", .saved),
    ])
    func aSaveIsDoneWhereTheAnswerSaysOk(body: String, expected: ArmResponse) throws {
        #expect(try XMLForm().decode(Array(body.utf8), answering: Self.save) == expected)
    }

    private static let stored: [(String, UserData)] = [
        ("", .absent), ("\n ", .absent), ("<user_data/>", .empty),
        ("<user_data></user_data>", .empty), ("<user_data> \n\t</user_data>", .empty),
        ("<user_data><!-- c --></user_data>", .empty),
        ("<user_data><user_data user_data='{}'/></user_data>", .document([:], .json)),
        ("<a:user_data><user_data user_data='[1]'/></a:user_data>", .document([1], .json)),
        (
            "<user_data>\n  <user_data user_data='{}'>\n  </user_data>\n</user_data><other/>",
            .document([:], .json)
        ),
        (
            "<a:user_data>x</a:user_data>",
            .document(["_name": "user_data", "_content": ["x"]], .nodes)
        ),
        (
            "<user_data a='1'><user_data user_data='{}'/></user_data>",
            .document(
                [
                    "_name": "user_data", "_attributes": ["a": "1"],
                    "_content": [["_name": "user_data", "_attributes": ["user_data": "{}"]]],
                ],
                .nodes
            )
        ),
        (
            "<user_data>a&amp;<![CDATA[<b>]]><!-- c --> d<?p i?><x:e/>\r\n</user_data>",
            .document(
                ["_name": "user_data", "_content": ["a&<b> d", ["_name": "x:e"], "\n"]],
                .nodes
            )
        ),
    ]

    @Test(arguments: stored)
    func whatIsStoredIsToldApart(inside: String, expected: UserData) throws {
        let body = "<out><response>\(inside)</response></out>"
        #expect(
            try XMLForm().decode(Array(body.utf8), answering: Self.read) == .userData(expected)
        )
    }

    @Test(arguments: [
        "<user_data user_data='{}' b=''/>", "<user_data user_data='{}'/><b/>",
        "<user_data user_data='{}'/>text", "<user_data user_data='{}'>text</user_data>",
        "<user_data user_data='{}'><b/></user_data>", "<x:user_data user_data='{}'/>",
        "<user_data user_data='1'/><user_data user_data='2'/>", "<user_data/>",
        "<user_data x:user_data='{}'/>", "text", "<other user_data='{}'/>",
    ])
    func whatIsNotExactlyTheJSONFormIsKeptAsNodes(inside: String) throws {
        let body = "<out><response><user_data>\(inside)</user_data></response></out>"
        let answer = try XMLForm().decode(Array(body.utf8), answering: Self.read)
        guard case .userData(.document(let tree, .nodes)) = answer else {
            Issue.record("read as \(answer)")
            return
        }
        #expect(tree["_name"]?.text == "user_data")
        #expect(try reread(.document(tree, .nodes)) == .document(tree, .nodes))
    }

    @Test(arguments: ["", "{", "{} x", "nul", "{'a':1}", "\u{FEFF}{}"])
    func anAttributeThatIsNoJSONIsForeign(text: String) throws {
        let escaped = text.replacing("'", with: "&apos;")
        let body =
            "<out><response><user_data><user_data user_data='\(escaped)'/></user_data>"
            + "</response></out>"
        let answer = try XMLForm().decode(Array(body.utf8), answering: Self.read)
        guard case .userData(.foreign(let content)) = answer else {
            Issue.record("read as \(answer)")
            return
        }
        #expect(content.text == text)
        #expect(content.reason.hasPrefix("no JSON: "))
    }
}
