import Foundation
import Glibc

/// The sample switch, at a port that stays its own while it is down.
final class SampleServer {
    /// One line of its record of requests.
    struct Request: Decodable, Equatable {
        var connection: Int
        var command: String?
        var application: String?
        var agent: String?
        var outcome: String
        var status: Int?

        var isSave: Bool { command == "save" }
        var isRead: Bool { command == "read" }
    }

    private let port: ReservedPort
    private let data: String?
    private let options: [String]
    private var process: ChildProcess?

    var url: String { "http://127.0.0.1:\(port.number)" }

    /// - Parameter data: a folder that keeps the documents while the server is down.
    init(data: String? = nil, options: [String] = [], isUp: Bool = true) throws {
        port = try ReservedPort()
        self.data = data
        self.options = options
        if isUp { try start() }
    }

    func start() throws {
        let folder = data.map { ["--data", $0] } ?? []
        let process = try ChildProcess(
            Products.path(of: "arm-server"),
            ["--port", String(port.number), "--quiet"] + folder + options,
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

    func set(faults: String...) throws {
        try clearFaults()
        _ = try control("POST", "faults", faults.joined(separator: "\n"))
    }

    func clearFaults() throws { _ = try control("DELETE", "faults") }

    /// Every request since the last `forgetRequests`, oldest first.
    func requests() throws -> [Request] {
        try control("GET", "requests").split(separator: "\n").map {
            try JSONDecoder().decode(Request.self, from: Data($0.utf8))
        }
    }

    func forgetRequests() throws { _ = try control("DELETE", "requests") }

    /// The stored document as its bytes are; nil where nothing is stored.
    func document(_ application: String = "hodor", _ agent: String = "102") throws -> String? {
        let request = ControlRequest(method: "GET", path: path(application, agent))
        let (status, body) = try request.answer(port: port.number)
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
        try check(request.answer(port: port.number))
    }

    func remove(_ application: String = "hodor", _ agent: String = "102") throws {
        let request = ControlRequest(method: "DELETE", path: path(application, agent))
        try check(request.answer(port: port.number))
    }

    private func path(_ application: String, _ agent: String) -> String {
        "/_control/documents/\(Station.domain)/\(application)/\(agent)"
    }

    private func control(_ method: String, _ name: String, _ body: String = "") throws -> String {
        let request = ControlRequest(method: method, path: "/_control/\(name)", body: body)
        return try check(request.answer(port: port.number))
    }

    @discardableResult
    private func check(_ answer: (status: Int, body: String)) throws -> String {
        guard answer.status == 200 else {
            throw Unexpected(description: "the control URL says \(answer.status): \(answer.body)")
        }
        return answer.body
    }
}
