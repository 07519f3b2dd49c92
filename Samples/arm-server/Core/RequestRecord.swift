/// The way by which a request came.
enum Transport: String, Sendable, Codable {
    case http
    case websocket
}

/// What one request was and what was done with it. Never what a document says.
struct RequestRecord: Record, Codable, Equatable {
    var sequence = 0
    /// The number of the connection, from 1, so that reuse of connections can be seen.
    var connection: Int
    var transport = Transport.http
    /// The sequence number that a message bore; requests over HTTP have none.
    var number: Int?
    var target: String
    var command: String?
    var domain: String?
    var application: String?
    var agent: String?
    /// The length of the request's body, or of its whole message.
    var bytes: Int
    /// What the server did: `saved`, `cleared`, `read`, `altered`, `lost`, `refused`, `nothing`.
    var outcome: String
    /// The status of the answer; nil where there was none.
    var status: Int?
    /// The fault that struck, as its specification.
    var fault: String?

    /// One line for the log. Ids come from outside, so they are percent-encoded.
    var line: String {
        let ids = [domain, application, agent].map { $0.map(PathSegment.encode) ?? "-" }
        var words = [
            "#\(sequence)", "connection=\(connection)", command ?? target.debugDescription,
        ]
        if transport != .http {
            words.append(transport.rawValue + (number.map { "=\($0)" } ?? ""))
        }
        if command != nil { words.append(ids.joined(separator: "/")) }
        words += ["bytes=\(bytes)", outcome, status.map(String.init) ?? "unanswered"]
        if let fault { words.append("fault=\(fault)") }
        return words.joined(separator: " ")
    }
}
