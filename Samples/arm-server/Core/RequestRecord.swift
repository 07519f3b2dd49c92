import Foundation

/// What one request was and what was done with it. Never what a document says.
struct RequestRecord: Sendable, Codable, Equatable {
    var sequence = 0
    /// The number of the connection, from 1, so that reuse of connections can be seen.
    var connection: Int
    var target: String
    var command: String?
    var domain: String?
    var application: String?
    var agent: String?
    /// The length of the request's body.
    var bytes: Int
    /// What the server did: `saved`, `cleared`, `read`, `altered`, `lost`, `refused`, `nothing`.
    var outcome: String
    /// The HTTP status of the answer; nil where there was none.
    var status: Int?
    /// The fault that struck, as its specification.
    var fault: String?

    /// One line of JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// One line for the log. Ids come from outside, so they are percent-encoded.
    var line: String {
        let ids = [domain, application, agent].map { $0.map(PathSegment.encode) ?? "-" }
        var words = [
            "#\(sequence)", "connection=\(connection)", command ?? target.debugDescription,
        ]
        if command != nil { words.append(ids.joined(separator: "/")) }
        words += ["bytes=\(bytes)", outcome, status.map(String.init) ?? "unanswered"]
        if let fault { words.append("fault=\(fault)") }
        return words.joined(separator: " ")
    }
}
