/// One try that did not succeed, judged.
package struct Failure: Error, Hashable, Sendable {
    /// How far the failure stops this run.
    package enum Scope: Hashable, Sendable {
        /// This document alone.
        case document
        /// The whole server.
        case server
        /// This document; the server once another document fares the same. A page of a captive
        /// portal meets every document, one that is too deep to read only itself, and only a second
        /// one tells which it is.
        case suspect
    }

    /// When it is tried again unattended.
    package enum Pace: Hashable, Sendable {
        /// Exponential backoff.
        case backoff
        /// Exponential backoff at the slower pace of refusals.
        case refusal
        /// Every hour.
        case hourly
    }

    /// When a person is told.
    package enum Attention: Hashable, Sendable {
        case never
        case atOnce
        /// After an hour of it.
        case afterAnHour
        /// After the configured number of tries.
        case afterTries
    }

    package var kind: FailureKind
    package var code: String
    /// What happened, in plain English, without a trailing full stop.
    package var message: String
    /// The server's own words, where it has any.
    package var detail: String?
    package var scope: Scope
    /// A save that ended so surely changed nothing at the server.
    package var closesSent: Bool
    package var pace = Pace.backoff
    package var attention = Attention.never
    /// The server's own wish, as it came.
    package var retryAfter: Duration?
}
