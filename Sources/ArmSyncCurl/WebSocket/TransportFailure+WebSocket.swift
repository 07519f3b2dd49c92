import ArmSync
import CWslay

/// How a connection can end under a request, besides what libcurl says.
extension TransportFailure {
    /// The connection was closed without the farewell that RFC 6455 asks for.
    static func closedAbruptly(amidMessage: Bool) -> TransportFailure {
        lost(
            code: UInt16(WSLAY_CODE_ABNORMAL_CLOSURE.rawValue),
            amidMessage
                ? "the answer was cut short" : "the connection was closed without an answer"
        )
    }

    /// The server closed the connection in order, before it had answered.
    static func closedByServer(code: UInt16) -> TransportFailure {
        let reason =
            switch wslay_status_code(UInt32(code)) {
            case WSLAY_CODE_GOING_AWAY: ", as it is going away"
            case WSLAY_CODE_POLICY_VIOLATION: ", as its rules forbid what was asked"
            case WSLAY_CODE_MESSAGE_TOO_BIG: ", as a message was larger than it takes"
            case WSLAY_CODE_INTERNAL_SERVER_ERROR: ", as it has a fault inside"
            default: ""
            }
        return lost(code: code, "the server closed the connection without an answer\(reason)")
    }

    /// The server closed the connection over the size of a message of ours.
    static var tooLargeForServer: TransportFailure {
        closedByServer(code: UInt16(WSLAY_CODE_MESSAGE_TOO_BIG.rawValue))
    }

    /// The server broke the protocol, or a limit of ours.
    static func broken(code: UInt16, endpoint: String) -> TransportFailure {
        let message =
            switch wslay_status_code(UInt32(code)) {
            case WSLAY_CODE_INVALID_FRAME_PAYLOAD_DATA:
                "the server's answer is text that is not UTF-8"
            case WSLAY_CODE_MESSAGE_TOO_BIG:
                "the answer is larger than \(WebSocketPlan.largestMessage >> 20) MiB"
            default: "what \(endpoint) sends breaks the rules of WebSocket"
            }
        return TransportFailure(kind: .garbled, code: "websocket \(code)", message: message)
    }

    /// What answers is no WebSocket server: "is not HTTP".
    static func noWebSocket(_ reason: String, endpoint: String) -> TransportFailure {
        TransportFailure(
            kind: .garbled,
            code: "websocket handshake",
            message: "what answers at \(endpoint) \(reason)"
        )
    }

    /// The proxy does not let us through to the server; nothing was sent.
    static func noTunnel(status: Int, endpoint: String) -> TransportFailure {
        let (kind, message): (Kind, String) =
            switch status {
            case 407:
                (.misconfigured, "the proxy asks for a name and a password; check \"proxy\"")
            case 500...:
                (.unreachable, "the proxy does not reach \(endpoint) (HTTP \(status))")
            default:
                (
                    .misconfigured,
                    "the proxy does not let CONNECT through to \(endpoint) (HTTP \(status)); "
                        + "whoever runs it has to allow that, or check \"proxy\""
                )
            }
        return TransportFailure(kind: kind, code: "http \(status)", message: message)
    }

    static func stalled(_ limit: Duration) -> TransportFailure {
        timedOut("nothing moved for \(limit.inWords)")
    }

    static func expired(_ limit: Duration) -> TransportFailure {
        timedOut("no answer within \(limit.inWords)")
    }

    static var noSequenceNumber: TransportFailure {
        TransportFailure(
            kind: .interrupted(whileConnecting: true),
            code: "websocket sequence",
            message: "every sequence number is in use"
        )
    }

    /// The same of a request of which nothing was on the wire.
    var asUnsent: TransportFailure {
        var failure = self
        failure.kind = .interrupted(whileConnecting: true)
        return failure
    }

    /// By libcurl's code for it: whoever reads it knows that one.
    private static func timedOut(_ message: String) -> TransportFailure {
        TransportFailure(
            kind: .interrupted(whileConnecting: false),
            code: "curl 28",
            message: message
        )
    }

    private static func lost(code: UInt16, _ message: String) -> TransportFailure {
        TransportFailure(
            kind: .interrupted(whileConnecting: false),
            code: "websocket \(code)",
            message: message
        )
    }
}
