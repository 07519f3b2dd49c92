import ArmProtocol
import ArmSync
import JSONDocument
import Testing

@testable import ArmSyncCLI

@Suite("How the switch is spoken to")
struct TransportTests {
    @Test(
        "is what \"transport\" says, or else the address's scheme",
        arguments: [
            (nil, nil, .http), (nil, .websocket, .websocket), ("http://h:1", nil, .http),
            ("https://h", nil, .http), ("ws://h:1", nil, .websocket), ("WSS://h", nil, .websocket),
            ("http://h:1", .websocket, .websocket), ("https://h", .websocket, .websocket),
            ("http://h:1", .http, .http), ("wss://h", .websocket, .websocket),
        ] as [(String?, TransportKind?, TransportKind)]
    )
    func chosen(server: String?, setting: TransportKind?, expected: TransportKind) throws {
        var configuration = Configuration()
        configuration.server = server
        configuration.transport = setting
        #expect(try configuration.chosenTransport() == expected)
    }

    @Test("is a mistake where the two contradict each other", arguments: ["ws://h:1", "wss://h"])
    func contradiction(server: String) throws {
        var configuration = Configuration()
        configuration.server = server
        configuration.transport = .http
        let error = try #require(throws: CommandError.self) {
            try configuration.chosenTransport()
        }
        #expect(error.status == .configuration)
        #expect(error.message.hasPrefix("\"transport\" is \"http\", and the server's address"))
        #expect(error.advice?.contains("Write http:// or https://") == true)
    }

    @Test("makes no other server of it: http and ws, https and wss name the same")
    func binding() throws {
        func server(_ text: String) throws -> String? {
            var configuration = Configuration()
            (configuration.server, configuration.domain) = (text, "d")
            return try Workspace.binding(configuration)?.server
        }
        #expect(try server("ws://Switch.example:8086") == server("http://switch.example:8086"))
        #expect(try server("wss://h") == server("https://h:443"))
        #expect(try server("ws://h") == "http://h:80")
        #expect(try server("ws://h:1") != server("wss://h:1"))
        #expect(try server("ws://h:1") != server("http://h:2"))
    }

    @Test(
        "shows in the address that people and scripts are told",
        arguments: [
            (TransportKind.http, "http://h:1", "http://h:1"),
            (.websocket, "http://h:1", "ws://h:1"),
            (.http, "https://h:1", "https://h:1"), (.websocket, "https://h:1", "wss://h:1"),
        ]
    )
    func address(transport: TransportKind, origin: String, expected: String) {
        #expect(transport.address(of: origin) == expected)
        let standing = ServerStanding(binding: Binding(server: origin, domain: "d"))
        let json = Overview(server: standing, documents: []).json(transport)
        #expect(json["server"]?["url"]?.text == expected)
        #expect(json["server"]?["transport"]?.text == transport.rawValue)
    }

    @Test("is named by the screens of status and sync", arguments: TransportKind.allCases)
    func screens(transport: TransportKind) {
        let standing = ServerStanding(binding: .sample)
        let status = StatusScreen(console: .plain, now: .now, transport: transport)
            .lines(of: Overview(server: standing, documents: []))
        #expect(status.first?.hasSuffix(", over \(transport.words)") == true, "\(status)")
        let summary = SyncSummary(
            reports: [SyncReport(key: .hodor, result: .unchanged)],
            isDryRun: true
        )
        let sync = SyncScreen(console: .plain, now: .now, transport: transport).lines(of: summary)
        #expect(sync.last?.hasPrefix("Asked over \(transport.words);") == true, "\(sync)")
    }
}
