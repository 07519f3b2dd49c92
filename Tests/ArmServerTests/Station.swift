import Testing
import NIOHTTP1

@testable import arm_server

/// A switch in memory and requests to it, without a socket.
struct Station {
    static let domain = "biysk.local"

    let router: Router
    var switchboard: Switchboard { router.switchboard }

    init(
        faults: [String] = [],
        options: Switchboard.Options = Switchboard.Options(),
        folder: DocumentFolder? = nil,
        pathPrefix: String = "",
        webSocketPath: WebSocketPath? = nil,
        requiring fields: [String] = []
    ) throws {
        router = Router(
            switchboard: Switchboard(
                store: try Store(folder: folder),
                options: options,
                faults: try faults.map(FaultParser.fault(from:))
            ),
            pathPrefix: pathPrefix,
            webSocketPath: webSocketPath,
            requiredFields: try fields.map { try #require(RequiredField($0)) }
        )
    }

    /// A switch in memory that listens while `body` runs.
    static func withServer(
        _ faults: [String] = [],
        _ body: (HTTPServer, Station) throws -> Void
    ) throws {
        let station = try Station(faults: faults)
        let server = try HTTPServer(router: station.router, host: "127.0.0.1", port: 0)
        defer { #expect(throws: Never.self) { try server.stop() } }
        try body(server, station)
    }

    /// Sends `content` as the user data of a save and returns the answer's body.
    func save(
        _ content: String,
        application: String = "hodor",
        agent: String? = "102"
    ) throws -> String {
        try body(post(.save, Self.saveRequest(content, application: application, agent: agent)))
    }

    func read(application: String = "hodor", agent: String = "102") throws -> String {
        try body(post(.read, Self.readRequest(application: application, agent: agent)))
    }

    /// The content of `user_data` in the answer to a read; nil without that element.
    func readContent(application: String = "hodor", agent: String = "102") throws -> [Node]? {
        let root = try XMLReader.element(
            from: Array(read(application: application, agent: agent).utf8)
        )
        return root.children.first?.children.first { $0.name == "user_data" }?.content
    }

    func post(_ command: Command, _ body: String) -> Delivery {
        router.delivery(
            for: HTTPRequest(
                method: .POST,
                target: "/\(Self.domain)/service/cc/arm/\(command.wireName)",
                body: Array(body.utf8)
            )
        )
    }

    func control(
        _ method: HTTPMethod,
        _ path: String,
        _ body: [UInt8] = [],
        isLocal: Bool = true
    ) throws -> (status: Int, body: String) {
        let delivery = router.delivery(
            for: HTTPRequest(
                method: method,
                target: "/_control/" + path,
                body: body,
                isLocal: isLocal
            )
        )
        return (try status(delivery), try self.body(delivery))
    }

    func status(_ delivery: Delivery) throws -> Int { try reply(delivery).status }

    /// The body as it would go out.
    func body(_ delivery: Delivery) throws -> String {
        let bytes = HTTPAnswer(try reply(delivery)).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        let end = try #require(text.utf8.firstRange(of: "\r\n\r\n".utf8))
        return String(decoding: text.utf8[end.upperBound...], as: UTF8.self)
    }

    func records() throws -> [RequestRecord] { switchboard.withState { $0.requests.entries } }

    func handshakes() throws -> [HandshakeRecord] {
        switchboard.withState { $0.handshakes.entries }
    }

    private func reply(_ delivery: Delivery) throws -> Reply {
        guard case .reply(let reply, _) = delivery else { throw Unanswered() }
        return reply
    }

    static func saveRequest(
        _ content: String,
        application: String = "hodor",
        agent: String? = "102"
    ) -> String {
        let agent = agent.map { " agent_id='\($0)'" } ?? ""
        return "<in><request><save_user_data application_id='\(application)'\(agent)>"
            + "<user_data>\(content)</user_data></save_user_data></request></in>"
    }

    static func readRequest(application: String = "hodor", agent: String = "102") -> String {
        "<in><request><read_user_data application_id='\(application)' agent_id='\(agent)'/>"
            + "</request></in>"
    }
}

/// The server would have said nothing.
struct Unanswered: Error {}
