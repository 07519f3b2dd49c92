import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("The table of settings")
struct ConfigurationTableTests {
    /// A key, a value it takes, and whether it arrived where it belongs.
    struct Taken: Sendable, CustomTestStringConvertible {
        var key: String
        var value: String
        var arrived: @Sendable (Configuration) -> Bool

        var testDescription: String { "\(key): \(value)" }
    }

    static let taken: [Taken] = [
        Taken(key: "server", value: #""http://h:1""#) { $0.server == "http://h:1" },
        Taken(key: "domain", value: #""d.local""#) { $0.domain == "d.local" },
        Taken(key: "application", value: #""hodor""#) { $0.application == "hodor" },
        Taken(key: "agent", value: #""102""#) { $0.agent == "102" },
        Taken(key: "read_agent_id", value: #""7""#) { $0.sync.readAgent == "7" },
        Taken(key: "documents", value: "[]") { $0.documents.isEmpty },
        Taken(
            key: "documents",
            value: #"[{"application": "a", "agent": "1", "// why": 1}, {"application": "b"}]"#
        ) {
            $0.documents == [
                DocumentKey(application: "a", agent: "1"), DocumentKey(application: "b"),
            ]
        },
        Taken(key: "state_dir", value: #""/var/x""#) { $0.stateDirectory == "/var/x" },
        Taken(key: "server", value: #""ws://h:1""#) { $0.server == "ws://h:1" },
        Taken(key: "server", value: #""wss://h""#) { $0.server == "wss://h" },
        Taken(key: "transport", value: #""http""#) { $0.transport == .http },
        Taken(key: "transport", value: #""websocket""#) { $0.transport == .websocket },
        Taken(key: "websocket_path", value: #""/ws?v=1""#) { $0.webSocketPath == "/ws?v=1" },
        Taken(key: "websocket_padding", value: #""spaces""#) { $0.messagePadding == .spaces },
        Taken(key: "websocket_padding", value: #""nuls""#) { $0.messagePadding == .nuls },
        Taken(key: "websocket_length", value: #""bytes""#) { $0.messageLength == .bytes },
        Taken(key: "websocket_length", value: #""characters""#) {
            $0.messageLength == .characters
        },
        Taken(key: "path_prefix", value: #""/gateway""#) { $0.pathPrefix == "/gateway" },
        Taken(key: "path_prefix", value: #""""#) { $0.pathPrefix == "" },
        Taken(key: "content_type", value: #""application/xml""#) {
            $0.contentType == "application/xml"
        },
        Taken(key: "payload.mapping", value: #""json""#) { $0.payloadForm == .json },
        Taken(key: "payload.mapping", value: #""nodes""#) { $0.payloadForm == .nodes },
        Taken(key: "payload.element", value: #""data""#) { $0.mapping.element == "data" },
        Taken(key: "payload.attribute", value: #""text""#) { $0.mapping.attribute == "text" },
        Taken(key: "blind_saves", value: "true") { $0.sync.blindSaves },
        Taken(key: "conflict_detection", value: "false") { !$0.sync.conflictDetection },
        Taken(key: "timeouts.connect", value: #""100ms""#) {
            $0.connectTimeout == .milliseconds(100)
        },
        Taken(key: "timeouts.total", value: #""1h""#) { $0.totalTimeout == .hours(1) },
        Taken(key: "timeouts.stall", value: #""1s""#) { $0.stallTimeout == .seconds(1) },
        Taken(key: "parallel", value: "64") { $0.sync.parallel == 64 },
        Taken(key: "parallel", value: "1.0") { $0.sync.parallel == 1 },
        Taken(key: "backoff.base", value: #""1ms""#) { $0.sync.retry.base == .milliseconds(1) },
        Taken(key: "backoff.cap", value: #""60m""#) { $0.sync.retry.cap == .hours(1) },
        Taken(key: "backoff.refused_base", value: #""90s""#) {
            $0.sync.retry.refusedBase == .seconds(90)
        },
        Taken(key: "backoff.refused_cap", value: #""2m""#) {
            $0.sync.retry.refusedCap == .minutes(2)
        },
        Taken(key: "attention_after", value: "1000") { $0.sync.retry.attentionAfter == 1000 },
        Taken(key: "refresh_interval", value: #""24h""#) { $0.sync.refreshInterval == .hours(24) },
        Taken(key: "warn_after", value: #""720h""#) { $0.warnAfter == .hours(720) },
    ]

    @Test("takes what it says", arguments: taken + takenSecurity + takenConflicts)
    func takes(setting: Taken) throws {
        let configuration = try Configuration(setting.key, setting.value)
        #expect(setting.arrived(configuration))
    }

    static let refused: [(key: String, value: String)] = [
        ("server", "\"\""), ("server", "7"), ("server", "\"ftp://switch.example\""),
        ("server", "\"http://switch.example/path\""), ("domain", "null"), ("domain", "\"..\""),
        ("application", "102"), ("application", "\"line\\n\""), ("agent", "102"), ("agent", "[]"),
        ("agent", "\"\""), ("read_agent_id", "false"), ("documents", "{}"),
        ("documents", #"["hodor"]"#), ("documents", #"[{"agent": "1"}]"#),
        ("documents", #"[{"application": "a", "agent": 1}]"#),
        ("documents", #"[{"application": "a", "agnet": "1"}]"#),
        ("documents", #"[{"application": ""}]"#), ("documents", #"[{"application": "a\n"}]"#),
        ("state_dir", "\"\""), ("state_dir", "\"state\""), ("state_dir", "\"~/state\""),
        ("transport", "\"carrier pigeon\""), ("transport", "\"HTTP\""), ("path_prefix", "null"),
        ("transport", "\"ws\""), ("transport", "null"), ("websocket_path", "\"ws\""),
        ("websocket_path", "\"\""), ("websocket_padding", "\"zeros\""),
        ("websocket_length", "8"), ("content_type", "\"\""), ("payload.mapping", "\"xml\""),
        ("payload.element", "\"\""),
        ("payload.attribute", "1"), ("blind_saves", "\"true\""), ("blind_saves", "1"),
        ("conflict_detection", "null"), ("timeouts.connect", "5"), ("timeouts.connect", "\"5\""),
        ("timeouts.connect", "\"99ms\""), ("timeouts.connect", "\"11m\""),
        ("timeouts.total", "\"61m\""), ("timeouts.stall", "\"999ms\""), ("parallel", "0"),
        ("parallel", "65"), ("parallel", "1.5"), ("parallel", "\"4\""), ("parallel", "1e99"),
        ("backoff.base", "\"0s\""), ("backoff.cap", "\"2h\""), ("backoff.refused_base", "60"),
        ("backoff.refused_cap", "\"\""), ("attention_after", "0"), ("attention_after", "1001"),
        ("refresh_interval", "\"25h\""), ("refresh_interval", "\"-5m\""),
        ("warn_after", "\"0s\""), ("warn_after", "\"721h\""),
    ]

    @Test(
        "refuses the rest, with file, key and what was expected",
        arguments: refused + refusedSecurity + refusedConflicts
    )
    func refuses(key: String, value: String) throws {
        let error = try #require(throws: CommandError.self) { try Configuration(key, value) }
        let setting = try #require(Setting.table.first { $0.key == key })
        #expect(error.status == .configuration)
        #expect(error.message == "/etc/x.json: \"\(key)\": expected \(setting.expected)")
    }

    @Test("every key is tried here, both ways")
    func complete() {
        let keys = Set(Setting.table.map(\.key))
        #expect(keys.count == Setting.table.count)
        #expect(Set((Self.taken + Self.takenSecurity + Self.takenConflicts).map(\.key)) == keys)
        let refused = Self.refused + Self.refusedSecurity + Self.refusedConflicts
        #expect(Set(refused.map(\.key)) == keys)
    }
}

extension Configuration {
    /// The configuration of a file with that one key; a dot leads into a member.
    init(_ key: String, _ value: String) throws(CommandError) {
        let names = key.split(separator: ".")
        let text = names.reversed().reduce(value) { "{\"\($1)\": \($0)}" }
        try self.init(
            files: [Source(name: "/etc/x.json", bytes: Array(text.utf8), isPrivate: true)],
            environment: [:]
        )
    }
}
