import NIOHTTP1

/// A header field without which nobody gets in: `Authorization: Basic …`, `Cookie: session=…`. On a
/// WebSocket it counts for the connection.
struct RequiredField: Sendable {
    private let name: String
    private let value: String

    /// Reads `NAME: VALUE`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map { part in
            part.drop { $0 == " " }
        }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        name = String(parts[0])
        value = String(parts[1])
    }

    func stands(in headers: HTTPHeaders) -> Bool { headers[name].contains(value) }
}
