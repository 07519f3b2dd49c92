import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("Usual mistakes in the configuration")
struct ConfigurationHintTests {
    @Test(
        "in a file are named with what was probably meant",
        arguments: [
            (#"{"Server": "x"}"#, #"Did you mean "server"?"#),
            (#"{"sever": "x"}"#, #"Did you mean "server"?"#),
            (#"{"stateDir": "/x"}"#, #"Did you mean "state_dir"?"#),
            (#"{"read-agent-id": "1"}"#, #"Did you mean "read_agent_id"?"#),
            (
                #"{"connect": "5s"}"#,
                #"Did you mean "timeouts.connect", which is written {"timeouts": {"connect": …}}?"#
            ),
            (#"{"timeouts": {"conect": "5s"}}"#, #"Did you mean "timeouts.connect"?"#),
            (#"{"timeouts": {"server": "x"}}"#, #"Did you mean "server" outside of "timeouts"?"#),
            (#"{"timeouts": "5s"}"#, #"Its members are "connect", "total", "stall"."#),
            (
                #"{"timeouts": {"connect": 5}}"#,
                "Write it in quotes. Give it a unit: ms, s, m or h."
            ),
            (#"{"timeouts": {"connect": "5"}}"#, "Give it a unit: ms, s, m or h."),
            (#"{"timeouts": {"connect": "5S"}}"#, "Write it in small letters."),
            (#"{"transport": " http"}"#, "Write it without the spaces around it."),
            (#"{"application": 102}"#, "Write it in quotes."),
            (#"{"blind_saves": "true"}"#, "Write it without quotes."),
            (#"{"parallel": "4"}"#, "Write it without quotes."),
            (#"{"documents": {"application": "a"}}"#, "Write it as a list, between [ and ]."),
            (
                #"{"server": "http://h:1/gateway"}"#,
                "The server's address has a path in it; a path in front of the domain is the "
                    + "setting path_prefix."
            ),
            (#"{"domain": "."}"#, "The domain is '.', which a URL cannot hold."),
            (
                #"{"agent": "1\n2"}"#,
                "The agent id has U+000A at character 2, which cannot be part of it."
            ),
            (#"{"agent": null}"#, "To leave it unset, take it out or begin its name with //."),
            ("{ # mine\n}", #"A comment is a member of its own: "// why": "…""#),
            ("{ // mine\n}", #"A comment is a member of its own: "// why": "…""#),
        ]
    )
    func file(text: String, advice: String) throws {
        let error = try #require(throws: CommandError.self) {
            try Configuration(files: [.init(name: "x", bytes: Array(text.utf8))], environment: [:])
        }
        #expect(error.status == .configuration)
        #expect(error.advice == advice)
    }

    @Test(
        "in the environment, too",
        arguments: [
            ("ARM_SYNC_SERVR", "x", "Did you mean ARM_SYNC_SERVER?"),
            ("ARM_SYNC_CONFG", "x", "Did you mean ARM_SYNC_CONFIG?"),
            ("ARM_SYNC_STATEDIR", "/x", "Did you mean ARM_SYNC_STATE_DIR?"),
            (
                "ARM_SYNC_TIMEOUTS_CONNECT", "5s",
                #""timeouts.connect" has no variable of its own; set it in a configuration file."#
            ),
            ("ARM_SYNC_AGENT", "", "To leave it unset, type: unset ARM_SYNC_AGENT"),
            ("ARM_SYNC_SERVER", #""http://x:1""#, "Write it without quotes."),
            ("ARM_SYNC_TRANSPORT", "HTTP", "Write it in small letters."),
        ]
    )
    func environment(name: String, value: String, advice: String) throws {
        let error = try #require(throws: CommandError.self) {
            try Configuration(files: [], environment: [name: value])
        }
        #expect(error.status == .configuration)
        #expect(error.advice == advice)
    }

    @Test(
        "get no guess where nothing is near",
        arguments: ["x", "colour", "retries", "timeouts.lunch", "serverless", ""]
    )
    func none(key: String) {
        #expect(ConfigurationHint.key(key) == nil)
    }

    @Test("comma before a closing bracket is named as what it is")
    func comma() throws {
        let text = "{\n  \"server\": \"http://x:1\",\n}"
        let error = try #require(throws: CommandError.self) {
            try Configuration(files: [.init(name: "x", bytes: Array(text.utf8))], environment: [:])
        }
        #expect(error.message.hasPrefix("x, line 3, column 1: a comma"), "\(error.message)")
    }

    @Test("no advice repeats a value, which may be a secret", arguments: Setting.table.map(\.key))
    func secrets(key: String) throws {
        let setting = try #require(Setting.named(key))
        let values: [JSONValue] = [
            "canary", " CANARY ", ["canary"], ["canary": "canary"], 31_415_926, "31415926",
        ]
        for value in values {
            let advice = ConfigurationHint.value(value, of: setting)?.lowercased() ?? ""
            #expect(!advice.contains("canary") && !advice.contains("31415926"), "\(advice)")
        }
    }
}
