/// What kind of failure keeps something from being saved or read.
package enum FailureKind: String, Hashable, Sendable, CaseIterable {
    /// No way to the server: offline. Not an error.
    case unreachable
    /// The server or the link failed in passing; what was sent may have arrived.
    case transient
    /// The server understood and said no.
    case refused
    /// The credentials were not accepted.
    case unauthenticated
    /// The answer was not the switch's: a captive portal, a proxy's page, half a document.
    case garbled
    /// A setting is the likely cause.
    case misconfigured
}

/// A failure that goes on: since when, how often tried, when again.
package struct Trouble: Hashable, Sendable {
    package var kind: FailureKind
    /// The server's or the adapter's code: `cannot_perform_cmd`, `curl 7`, `http 503`.
    package var code: String
    /// In plain English, without a trailing full stop.
    package var message: String
    /// The server's own words, where it had any.
    package var detail: String?
    package var since: Timestamp
    package var at: Timestamp
    /// Failed tries in a row.
    package var attempts: Int
    package var nextAttempt: Timestamp
    /// From when on a person is needed; nil while it may pass by itself.
    package var attentionAt: Timestamp?

    package init(
        kind: FailureKind,
        code: String,
        message: String,
        detail: String? = nil,
        since: Timestamp,
        at: Timestamp,
        attempts: Int,
        nextAttempt: Timestamp,
        attentionAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.detail = detail
        self.since = since
        self.at = at
        self.attempts = attempts
        self.nextAttempt = nextAttempt
        self.attentionAt = attentionAt
    }

    /// Whether a person is needed by now.
    package func needsAttention(at now: Timestamp) -> Bool {
        attentionAt.map { $0 <= now } ?? false
    }
}
