import ArmSync

/// One request as it goes on a connection.
struct WebSocketRequest: Sendable {
    /// The number in its message, in use until its answer has come or cannot come any more.
    let sequence: Int
    let message: [UInt8]
    /// Whether a second copy on the wire changes nothing.
    let isRepeatable: Bool
    /// Those that the connection is opened with; others need another connection.
    let credentials: Credentials
}

/// What came back for it.
enum WebSocketReply: Sendable {
    /// A message that bears its number.
    case message([UInt8])
    /// An answer over HTTP: the connection did not become a WebSocket.
    case refused(CurlReply)
}

/// A request that waits for a place on a connection.
struct WebSocketPassenger {
    let job: CurlJob<WebSocketRequest, WebSocketReply>
    /// What is known of it from a connection that was lost; nil where this is its first.
    var request: Conversation.Request?

    func request(within total: Duration, from now: Conversation.Instant) -> Conversation.Request {
        request
            ?? Conversation.Request(
                id: job.id,
                sequence: job.request.sequence,
                size: job.request.message.count,
                isRepeatable: job.request.isRepeatable,
                deadline: now + total
            )
    }
}
