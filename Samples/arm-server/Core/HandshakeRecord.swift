/// One try to open a WebSocket.
struct HandshakeRecord: Record, Codable, Equatable {
    var sequence = 0
    /// The number of the connection, the same as that of the requests that came over it.
    var connection: Int
    var target: String
    var domain: String
    /// `opened`, or `nothing` where a fault kept it from that.
    var outcome: String
    /// The HTTP status of the answer; nil where there was none.
    var status: Int?
    /// The fault that struck, as its specification.
    var fault: String?

    var line: String {
        var words = [
            "handshake #\(sequence)", "connection=\(connection)", target.debugDescription, outcome,
            status.map(String.init) ?? "unanswered",
        ]
        if let fault { words.append("fault=\(fault)") }
        return words.joined(separator: " ")
    }
}
