/// The ways to speak to the switch.
enum TransportKind: String, Sendable, CaseIterable {
    /// XML, a request each.
    case http
    /// Framed JSON, all requests over one connection.
    case websocket

    /// For people, behind "over".
    var words: String {
        switch self {
        case .http: "HTTP"
        case .websocket: "a WebSocket"
        }
    }

    /// A server's one spelling, in the scheme of this way to speak to it.
    func address(of origin: String) -> String {
        switch self {
        case .http: origin
        // ws for http, and so wss for https (RFC 6455, 3).
        case .websocket: "ws" + origin.dropFirst("http".count)
        }
    }
}
