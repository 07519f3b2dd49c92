package import ArmProtocol

extension Exchange {
    /// The response the switch gave, or what its absence means. Nothing here ever gives up for
    /// good: each failure says how it is retried.
    package var judged: Result<ArmResponse, Failure> {
        switch self {
        case .answered(let answer): answer.judged
        case .failed(let failure): .failure(failure.judged)
        }
    }
}

extension TransportFailure {
    fileprivate var judged: Failure {
        switch kind {
        case .unreachable:
            failure(.unreachable, scope: .server, closesSent: true)
        case .interrupted(let whileConnecting):
            failure(.transient, scope: whileConnecting ? .server : .suspect, closesSent: false)
        case .garbled:
            failure(.garbled, scope: .suspect, closesSent: false)
        case .misconfigured:
            failure(.misconfigured, scope: .server, closesSent: true, attention: .afterAnHour)
        case .withoutCredentials(let mayPass):
            failure(
                .misconfigured,
                scope: .server,
                closesSent: true,
                pace: mayPass ? .backoff : .hourly,
                attention: mayPass ? .afterAnHour : .atOnce
            )
        case .unwritable:
            failure(.misconfigured, scope: .document, closesSent: true, attention: .atOnce)
        }
    }

    private func failure(
        _ kind: FailureKind,
        scope: Failure.Scope,
        closesSent: Bool,
        pace: Failure.Pace = .backoff,
        attention: Failure.Attention = .never
    ) -> Failure {
        Failure(
            kind: kind,
            code: code,
            message: message,
            scope: scope,
            closesSent: closesSent,
            pace: pace,
            attention: attention
        )
    }
}

extension Answer {
    fileprivate var judged: Result<ArmResponse, Failure> {
        // The server may answer an error with any status: its own words come first.
        if case .success(.error(let error)) = message {
            return .failure(refused(error))
        }
        switch status {
        case 200..<300:
            return message.mapError { garbled("the server's answer is \($0.message)") }
        case 300..<400:
            return .failure(
                garbled("the server answered with a redirect, which is never followed")
            )
        case 401, 403, 407: return .failure(unauthenticated)
        case 408, 425, 429, 500..<600: return .failure(transient)
        case 400..<500: return .failure(misconfigured)
        default: return .failure(garbled("the server answered with the unusual status \(status)"))
        }
    }

    private func refused(_ error: ServerError) -> Failure {
        Failure(
            kind: .refused,
            code: error.code,
            message: "the server refused: \(error.code)",
            detail: error.element,
            scope: .document,
            closesSent: true,
            pace: .refusal,
            attention: .afterTries
        )
    }

    private var unauthenticated: Failure {
        Failure(
            kind: .unauthenticated,
            code: "http \(status)",
            message: isAnonymous
                ? "the server asks for credentials, and \"credentials\" names none (HTTP \(status))"
                : "the server did not accept the credentials (HTTP \(status))",
            scope: .server,
            closesSent: true,
            pace: .hourly,
            attention: .atOnce
        )
    }

    private var transient: Failure {
        Failure(
            kind: .transient,
            code: "http \(status)",
            message: "the server is not able to answer just now (HTTP \(status))",
            scope: status == 429 || status == 503 ? .server : .suspect,
            closesSent: false,
            retryAfter: retryAfter
        )
    }

    private var misconfigured: Failure {
        let advice =
            switch status {
            case 400:
                "check \"server\" and \"domain\"; over HTTPS the server may ask for a client "
                    + "certificate, which \"tls.client_certificate\" names"
            case 404, 405:
                "check \"server\", \"domain\" and \"path_prefix\", and \"websocket_path\" where a "
                    + "WebSocket is to be opened"
            case 413: "the document is larger than the server or a proxy takes"
            case 415: "check \"content_type\""
            default: "check \"server\", \"domain\" and what stands between here and there"
            }
        return Failure(
            kind: .misconfigured,
            code: "http \(status)",
            message: "the server answered with HTTP \(status): \(advice)",
            scope: status == 413 ? .document : .server,
            closesSent: true,
            pace: .hourly,
            attention: .atOnce
        )
    }

    private func garbled(_ message: String) -> Failure {
        Failure(
            kind: .garbled,
            code: "http \(status)",
            message: message,
            scope: .suspect,
            closesSent: false
        )
    }
}
