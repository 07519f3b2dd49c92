import ArmProtocol
import JSONDocument
import Testing

struct RequestTests {
    private let form = XMLForm()
    private let key = DocumentKey(application: "hodor", agent: "102")

    @Test func theSampleDocumentIsWrittenAsTheSampleMessage() throws {
        let document = try JSONValue(parsing: RepositoryFile.sample("documents/reports.json"))
        let request = ArmRequest.save(
            DocumentKey(application: "hodor"),
            .document(document, .json)
        )
        let expected = try RepositoryFile.sample("messages/save_user_data.request.compact.xml")
        #expect(text(try form.encode(request)) == text(expected))
        let read = try form.encode(.read(key))
        #expect(
            text(read)
                == text(try RepositoryFile.sample("messages/read_user_data.request.compact.xml"))
        )
    }

    private static let contents: [(UserData, String)] = [
        (.absent, ""), (.empty, "<user_data/>"),
        (.document([:], .json), "<user_data><user_data user_data='{}'/></user_data>"),
        (
            .document(["_name": "user_data", "_content": ["a>", ["_name": "b"]]], .nodes),
            "<user_data>a&gt;<b/></user_data>"
        ),
    ]

    @Test(arguments: contents)
    func nothingAnEmptyElementAndAnEmptyObjectAreWrittenApart(
        data: UserData,
        inside: String
    ) throws {
        let body = text(try form.encode(.save(key, data)))
        let command = "<save_user_data application_id='hodor' agent_id='102'"
        let middle = inside.isEmpty ? "/>" : ">\(inside)</save_user_data>"
        #expect(
            body == #"<?xml version="1.0" encoding="UTF-8"?>"#
                + "<in><request>\(command)\(middle)</request></in>"
        )
    }

    @Test func theMappingNamesTheElementAndTheAttribute() throws {
        let form = XMLForm(mapping: PayloadMapping(element: "layout", attribute: "json"))
        let data = UserData.document([1], .json)
        #expect(text(try form.encode(.save(key, data))).contains("<layout json='[1]'/>"))
        #expect(try reread(data, form: form) == data)
        #expect(try reread(data, form: form, by: XMLForm()) != data)
    }

    @Test(arguments: ["", "a b", "1a", "a<", "a\u{0}", "-"])
    func aMappingThatIsNoXMLNameIsRefused(name: String) {
        let form = XMLForm(mapping: PayloadMapping(element: name))
        #expect(throws: MessageError.self) { try form.encode(.save(key, .document([:], .json))) }
    }

    @Test func anIdThatXMLCannotHoldIsRefusedWithItsPlace() {
        let request = ArmRequest.read(DocumentKey(application: "hodor", agent: "1\u{1}"))
        #expect {
            try form.encode(request)
        } throws: { error in
            (error as? MessageError)?.message.contains("the agent id has U+0001 at character 2")
                == true
        }
    }

    @Test func foreignContentIsNeverSentBack() {
        let data = UserData.foreign(ForeignContent(text: "x", reason: "no JSON"))
        #expect(throws: MessageError.self) { try form.encode(.save(key, data)) }
    }

    @Test func controlsInJSONSurviveBecauseTheyStayEscapes() throws {
        let json = #"{"a\u0000":"\u001F\uFFFE\uFFFF\uD800\u007F\t"}"#
        let data = UserData.document(try JSONValue(parsing: json), .json)
        #expect(try reread(data) == data)
    }
}

/// Bytes as text, for expectations that people read.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// What a server gives back that stores what it was sent: our own `user_data`, in an answer.
func reread(
    _ data: UserData,
    form: XMLForm = XMLForm(),
    by reader: XMLForm? = nil
) throws -> UserData? {
    let key = DocumentKey(application: "hodor")
    var body = text(try form.encode(.save(key, data)))
    for (mine, theirs) in [
        ("<in><request>", "<out><response>"), ("</request></in>", "</response></out>"),
        ("<save_user_data application_id='hodor'>", ""), ("</save_user_data>", ""),
        ("<save_user_data application_id='hodor'/>", ""),
    ] {
        if let range = body.firstRange(of: mine) { body.replaceSubrange(range, with: theirs) }
    }
    let answer = try (reader ?? form).decode(Array(body.utf8), answering: .read(key))
    if case .userData(let data) = answer { return data }
    return nil
}
