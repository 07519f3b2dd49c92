import NIOHTTP1

/// A request as it came over a connection, whole.
struct HTTPRequest: Sendable {
    var method: HTTPMethod
    /// Path and query, still percent-encoded.
    var target: String
    var headers: HTTPHeaders = [:]
    var body: [UInt8] = []
    /// The number of the connection.
    var connection = 0
    /// Whether the client is on this machine.
    var isLocal = true

    /// The path's segments, still percent-encoded.
    var segments: [Substring] {
        let path = target.prefix { $0 != "?" }
        return path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(\.self)
    }

    var query: Substring { target.drop { $0 != "?" }.dropFirst() }
}
