import ArmProtocol
import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("Several sources of settings")
struct ConfigurationMergingTests {
    private func merged(
        _ files: String...,
        environment: [String: String] = [:]
    ) throws(CommandError) -> Configuration {
        var sources: [Configuration.Source] = []
        for (index, file) in files.enumerated() {
            sources.append(Configuration.Source(name: "file \(index + 1)", bytes: Array(file.utf8)))
        }
        return try Configuration(files: sources, environment: environment)
    }

    @Test("are merged key by key, into what is nested too")
    func nested() throws {
        let configuration = try merged(
            #"{"server": "http://one:1", "domain": "one", "timeouts": {"connect": "1s", "total": "9s"},"#
                + #""backoff": {"base": "3s"}, "payload": {"element": "e"}}"#,
            #"{"domain": "two", "timeouts": {"connect": "2s"}, "backoff": {"cap": "4s"},"#
                + #""payload": {"attribute": "a"}}"#
        )
        #expect(configuration.server == "http://one:1")
        #expect(configuration.domain == "two")
        #expect(configuration.connectTimeout == .seconds(2))
        #expect(configuration.totalTimeout == .seconds(9))
        #expect(configuration.stallTimeout == .seconds(15))
        #expect(configuration.sync.retry.base == .seconds(3))
        #expect(configuration.sync.retry.cap == .seconds(4))
        #expect(configuration.mapping.element == "e")
        #expect(configuration.mapping.attribute == "a")
    }

    @Test("the environment wins over files")
    func environment() throws {
        let configuration = try merged(
            #"{"server": "http://file:1", "blind_saves": true, "agent": "file"}"#,
            environment: [
                "ARM_SYNC_SERVER": "http://environment:2", "ARM_SYNC_BLIND_SAVES": "false",
                "ARM_SYNC_CONFIG": "/not/a/setting", "HOME": "/root", "ARM_OTHER": "x",
            ]
        )
        #expect(configuration.server == "http://environment:2")
        #expect(configuration.agent == "file")
        #expect(!configuration.sync.blindSaves)
    }

    @Test("the documents of a later file replace those of an earlier one")
    func documents() throws {
        let configuration = try merged(
            #"{"documents": [{"application": "one"}]}"#,
            #"{"documents": [{"application": "two"}]}"#
        )
        #expect(configuration.documents == [DocumentKey(application: "two")])
    }

    @Test("members that begin with two slashes are comments, wherever they stand")
    func comments() throws {
        let configuration = try merged(
            #"{"//": 1, "// why": {"any": ["thing"]}, "timeouts": {"//connect": 7, "total": "8s"}}"#
        )
        #expect(configuration.totalTimeout == .seconds(8))
        #expect(configuration.connectTimeout == .seconds(5))
    }

    @Test(
        "a variable that is none of ours is an error",
        arguments: [
            ("ARM_SYNC_SERVR", "x", "unknown environment variable ARM_SYNC_SERVR"),
            ("ARM_SYNC_PARALLEL", "4", "unknown environment variable ARM_SYNC_PARALLEL"),
            (
                "ARM_SYNC_BLIND_SAVES", "1",
                "environment variable ARM_SYNC_BLIND_SAVES: expected true or false"
            ),
            (
                "ARM_SYNC_TRANSPORT", "udp",
                "environment variable ARM_SYNC_TRANSPORT: expected http or websocket"
            ),
            (
                "ARM_SYNC_AGENT", "",
                "environment variable ARM_SYNC_AGENT: expected an agent id such as 102"
            ),
        ]
    )
    func variables(name: String, value: String, message: String) throws {
        let error = try #require(throws: CommandError.self) {
            try merged(environment: [name: value])
        }
        #expect(error.status == .configuration)
        #expect(error.message == message)
    }

    @Test("an unknown key far from any other is an error without a guess")
    func noHint() throws {
        let error = try #require(throws: CommandError.self) {
            try Configuration("timeouts.lunch", "\"1h\"")
        }
        #expect(error.message == "/etc/x.json: unknown key \"timeouts.lunch\"")
        #expect(error.advice == nil)
    }

    @Test(
        "what is no object of settings is an error with its place",
        arguments: [
            ("{\n  \"server\": tru\n}", "file 1, line 2, column 13: "),
            ("", "file 1, line 1, column 1: "),
            ("[]", "file 1: expected an object with settings"),
            (#"{"timeouts": "5s"}"#, "file 1: \"timeouts\": expected an object with settings"),
            (#"{"payload": []}"#, "file 1: \"payload\": expected an object with settings"),
        ]
    )
    func malformed(file: String, message: String) throws {
        let error = try #require(throws: CommandError.self) { try merged(file) }
        #expect(error.status == .configuration)
        #expect(error.message.hasPrefix(message), "\(error.message)")
    }
}
