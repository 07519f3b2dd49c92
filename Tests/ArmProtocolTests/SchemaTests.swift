import ArmProtocol
import JSONDocument
import Testing

struct SchemaTests {
    private static let agents: [String?] = [nil, "102", "O'Нил & <Сын> \""]
    private static let contents: [UserData] = [
        .absent, .empty, .document([:], .json),
        .document(["a": "<'\"&>\t\n", "отчёт": [1, .null]], .json),
        .document(
            [
                "_name": "user_data",
                "_content": [
                    ["_name": "a", "_attributes": ["xmlns": "urn:x"], "_content": ["text"]],
                    ["_name": "x:b", "_attributes": ["xmlns:x": "urn:y", "x:c": "'\r\n\t"]],
                ],
            ],
            .nodes
        ),
    ]

    @Test(arguments: agents)
    func readsAreValid(agent: String?) throws {
        try expectValid(XMLForm().encode(.read(DocumentKey(application: "hodor", agent: agent))))
    }

    @Test(arguments: agents, contents)
    func savesAreValid(agent: String?, data: UserData) throws {
        let key = DocumentKey(application: "приложение", agent: agent)
        try expectValid(XMLForm().encode(.save(key, data)))
    }

    @Test(arguments: [
        "save_user_data.request.compact", "save_user_data.request.pretty",
        "save_user_data.response.compact", "save_user_data.response.pretty",
        "read_user_data.request.compact", "read_user_data.response.compact",
        "read_user_data.response.pretty",
    ])
    func theSampleMessagesAreValid(name: String) throws {
        try expectValid(RepositoryFile.sample("messages/\(name).xml"))
    }

    @Test(arguments: [
        "<in><request><save_user_data/></request></in>",
        "<in><request><save_user_data application_id='a'><user_data/><user_data/>"
            + "</save_user_data></request></in>",
        "<in><request><read_user_data application_id='a'><user_data/></read_user_data>"
            + "</request></in>",
    ])
    func theSchemaRefusesWhatTheContractRefuses(wrong: String) throws {
        #expect(try check(Array(wrong.utf8)).status == 3)
    }

    private func expectValid(_ document: [UInt8]) throws {
        let result = try check(document)
        #expect(result.status == 0, "\(result.complaints)")
    }

    private func check(_ document: [UInt8]) throws -> XMLLint {
        let schema = RepositoryFile.fixture("user_data_commands.xsd")
        return try XMLLint(["--noout", "--schema", schema], document: document)
    }
}
