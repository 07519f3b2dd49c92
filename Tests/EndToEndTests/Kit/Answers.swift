import Foundation

/// `status --json`, as a script reads it.
struct Status: Decodable {
    struct Server: Decodable {
        var url: String?
        var transport: String?
        var last_contact_at: String?
        var unreachable_since: String?
    }

    struct Document: Decodable {
        var application_id: String
        var agent_id: String?
        var state: String
        var pending_edits: Int
        var attempts: Int
        var next_attempt_at: String?
        var last_error: Failure?
        var conflicts: Int
        var held_because: String?
        var conflict_detection: Bool
    }

    struct Failure: Decodable {
        var kind: String
        var code: String
    }

    struct Totals: Decodable {
        var documents: Int
        var pending_edits: Int
        var conflicts: Int
        var held: Int
    }

    var schema: String
    var server: Server
    var documents: [Document]
    var totals: Totals
}

/// A line of `sync --json`: a document's, or the last one.
struct SyncLine: Decodable {
    var application_id: String?
    var result: String?
    var requests: Int
    var edits: Int
    var schema: String?
    var exit_code: Int32?
}

extension Outcome {
    /// Every line of standard output as JSON of that kind.
    func decoded<Line: Decodable>(_ type: Line.Type = Line.self) throws -> [Line] {
        try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }
}

extension Station {
    func status() throws -> Status {
        let outcome = try run("status", "--json")
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
        return try outcome.decoded(Status.self)[0]
    }

    /// The one document's standing, or that of the one of this agent.
    func document(agent: String? = nil) throws -> Status.Document {
        let documents = try status().documents.filter { agent == nil || $0.agent_id == agent }
        guard documents.count == 1 else {
            throw Unexpected(description: "\(documents.count) documents where one was expected")
        }
        return documents[0]
    }

    /// Runs `sync --json`: its exit code, and the word for the only document.
    func sync(_ more: String...) throws -> (code: Int32?, word: String?, requests: Int) {
        let outcome = try run(["sync", "--json"] + more)
        let lines = try outcome.decoded(SyncLine.self)
        guard let last = lines.last, last.exit_code == outcome.code else {
            throw Unexpected(description: "the last line tells another exit code: \(outcome.words)")
        }
        return (outcome.code, lines.first?.result, last.requests)
    }

    /// The local value, compact.
    func local(_ pointer: String = "") throws -> String {
        let outcome = try run("get", pointer, "--json")
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
        return outcome.output.trimmingCharacters(in: .newlines)
    }
}
