import Foundation
import Glibc

/// The sample switch, at a port that stays its own while it is down.
final class SampleServer {
    /// One line of its record of requests.
    struct Request: Decodable, Equatable {
        var connection: Int
        /// `http` or `websocket`.
        var transport: String
        /// That of a message over a WebSocket.
        var number: Int?
        var command: String?
        var application: String?
        var agent: String?
        var outcome: String
        var status: Int?
        /// The specification of the one that struck.
        var fault: String?

        var isSave: Bool { command == "save" }
        var isRead: Bool { command == "read" }
    }

    /// A request for a WebSocket.
    struct Handshake: Decodable, Equatable {
        var connection: Int
        /// `opened`, or `nothing` where a fault came first.
        var outcome: String
        var status: Int?
    }

    private let reservation: ReservedPort
    private let data: String?
    private let options: [String]
    private var process: ChildProcess?

    /// As a station is configured: in the scheme of the transport under test.
    var url: String { TransportUnderTest.current.address(of: webURL) }
    /// For what speaks HTTP whatever the stations speak: its control URL, a proxy in front of it.
    var webURL: String { "http://127.0.0.1:\(port)" }
    var port: UInt16 { reservation.number }

    /// - Parameter data: a folder that keeps the documents while the server is down.
    init(data: String? = nil, options: [String] = [], isUp: Bool = true) throws {
        reservation = try ReservedPort()
        self.data = data
        self.options = options
        if isUp { try start() }
    }

    func start() throws {
        let folder = data.map { ["--data", $0] } ?? []
        let process = try ChildProcess(
            Products.path(of: "arm-server"),
            ["--port", String(port), "--quiet"] + folder + options,
            environment: [:]
        )
        try process.output(containing: "listening on")
        self.process = process
    }

    /// Takes it down at once, with everything under way.
    func stop() throws {
        process?.signal(SIGKILL)
        _ = try process?.wait()
        process = nil
    }

    // MARK: - Behind its back

    func set(faults: String...) throws { try set(faults: faults) }

    func set(faults: [String]) throws {
        try clearFaults()
        _ = try control("POST", "faults", faults.joined(separator: "\n"))
    }

    func clearFaults() throws { _ = try control("DELETE", "faults") }

    /// Every request since the last `forgetRequests`, oldest first.
    func requests() throws -> [Request] { try record("requests") }

    /// Every request for a WebSocket since the last `forgetRequests`, oldest first.
    func handshakes() throws -> [Handshake] { try record("handshakes") }

    /// How often anything was asked of it since then, be it only for a WebSocket.
    ///
    /// One that was opened counts by what was asked over it, or it would count twice.
    func tries() throws -> Int {
        let (requests, handshakes) = (try requests(), try handshakes())
        let used = Set(requests.map(\.connection))
        return requests.count + handshakes.filter { !used.contains($0.connection) }.count
    }

    func forgetRequests() throws {
        _ = try control("DELETE", "requests")
        _ = try control("DELETE", "handshakes")
    }

    private func record<Line: Decodable>(_ name: String) throws -> [Line] {
        try control("GET", name).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    /// The stored document as its bytes are; nil where nothing is stored.
    func document(_ application: String = "hodor", _ agent: String = "102") throws -> String? {
        let request = ControlRequest(method: "GET", path: path(application, agent))
        let (status, body) = try request.answer(port: port)
        return status == 404 ? nil : body
    }

    /// What a rival would do: replaces the document without anybody being asked.
    func put(
        _ document: String,
        _ application: String = "hodor",
        _ agent: String = "102",
        isXML: Bool = false
    ) throws {
        let query = isXML ? "?raw=1" : ""
        let request = ControlRequest(
            method: "PUT",
            path: path(application, agent) + query,
            body: document
        )
        try check(request.answer(port: port))
    }

    func remove(_ application: String = "hodor", _ agent: String = "102") throws {
        let request = ControlRequest(method: "DELETE", path: path(application, agent))
        try check(request.answer(port: port))
    }

    private func path(_ application: String, _ agent: String) -> String {
        "/_control/documents/\(Station.domain)/\(application)/\(agent)"
    }

    private func control(_ method: String, _ name: String, _ body: String = "") throws -> String {
        let request = ControlRequest(method: method, path: "/_control/\(name)", body: body)
        return try check(request.answer(port: port))
    }

    @discardableResult
    private func check(_ answer: (status: Int, body: String)) throws -> String {
        guard answer.status == 200 else {
            throw Unexpected(description: "the control URL says \(answer.status): \(answer.body)")
        }
        return answer.body
    }
}
