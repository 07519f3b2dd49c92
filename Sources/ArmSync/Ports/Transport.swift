package import ArmProtocol

/// The port to the switch: carries one request out and says what came back, without judging it.
package protocol Transport: Sendable {
    /// Has the request carried out once, at most, and never throws: every end is an `Exchange`. One
    /// that the server turned away for its credentials may be sent again with others.
    ///
    /// Cancelling the task ends the request as interrupted.
    func exchange(_ request: ArmRequest) async -> Exchange
}

/// How one request ended.
package enum Exchange: Sendable, Equatable {
    /// A response came back in full.
    case answered(Answer)
    /// None did.
    case failed(TransportFailure)
}

/// A response, read as far as it could be.
package struct Answer: Sendable, Equatable {
    /// The HTTP status, or the WebSocket form's status code.
    package var status: Int
    /// `Retry-After`, as it came, not yet capped.
    package var retryAfter: Duration?
    /// The body as the switch's message, or why it is none.
    package var message: Result<ArmResponse, MessageError>
    /// Whether the request went out without credentials.
    package var isAnonymous = false

    package init(
        status: Int,
        retryAfter: Duration? = nil,
        message: Result<ArmResponse, MessageError>
    ) {
        self.status = status
        self.retryAfter = retryAfter
        self.message = message
    }
}

/// A request that got no response.
package struct TransportFailure: Error, Sendable, Equatable {
    /// What the failure means for the request.
    package enum Kind: Sendable, Equatable {
        /// Nothing was sent: no route, no name, nobody listening.
        case unreachable
        /// It may or may not have arrived. `whileConnecting`: no connection had been made yet.
        case interrupted(whileConnecting: Bool)
        /// The response was past a limit or not the protocol we speak.
        case garbled
        /// Nothing was sent, and a setting (or a captive portal) is the likely cause.
        case misconfigured
        /// Nothing was sent, since the credentials could not be had. `mayPass`: perhaps later.
        case withoutCredentials(mayPass: Bool)
        /// Nothing was sent, because this very request cannot be put into a message.
        case unwritable
    }

    package var kind: Kind
    /// The adapter's own code, for the report: `curl 7`.
    package var code: String
    /// What happened, in plain English, without a trailing full stop; no secrets, no contents.
    package var message: String

    package init(kind: Kind, code: String, message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }
}
