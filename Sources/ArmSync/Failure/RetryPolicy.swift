/// When what failed is tried again, and when a person is told.
package struct RetryPolicy: Hashable, Sendable {
    /// Backoff of everything but refusals: the span of the first wait, and the longest.
    package var base: Duration = .seconds(2)
    package var cap: Duration = .seconds(15 * 60)
    /// The same of refusals.
    package var refusedBase: Duration = .seconds(60)
    package var refusedCap: Duration = .seconds(3600)
    /// Refusals in a row after which a person is told.
    package var attentionAfter = 5

    /// The longest wait there is, whoever asked for it; also what a time read from disk is cut to,
    /// since a clock may have been set back.
    package static let longestWait: Duration = .seconds(3600)

    package init() {}

    /// The trouble after one more failure of this kind, or after the first.
    ///
    /// - Parameter chance: from 0 to 1. Exponential backoff with full jitter: any wait from
    ///   nothing to the present span is equally likely, so that stations do not return in step.
    package func trouble(
        after failure: Failure,
        previous: Trouble?,
        at now: Timestamp,
        chance: Double
    ) -> Trouble {
        let goesOn = previous?.kind == failure.kind ? previous : nil
        // Compared before it is counted on: the number of attempts may come from disk.
        let attempts = min(goesOn?.attempts ?? 0, Int.max - 1) + 1
        let since = min(goesOn?.since ?? now, now)
        return Trouble(
            kind: failure.kind,
            code: failure.code,
            message: failure.message,
            detail: failure.detail,
            since: since,
            at: now,
            attempts: attempts,
            nextAttempt: now + wait(after: failure, attempts: attempts, chance: chance),
            attentionAt: attentionAt(failure, attempts: attempts, since: since, now: now)
        )
    }

    /// Whether an unattended run may try again.
    package func isDue(_ trouble: Trouble?, at now: Timestamp) -> Bool {
        guard let trouble else { return true }
        // A last failure in the future means that the clock was set back since: do not wait for it.
        // Nor for a next try that lies further from the last one than any wait there is.
        let clamped = min(trouble.nextAttempt, trouble.at + Self.longestWait)
        return clamped <= now || trouble.at > now
    }

    private func wait(after failure: Failure, attempts: Int, chance: Double) -> Duration {
        if let retryAfter = failure.retryAfter {
            return min(max(retryAfter, .zero), Self.longestWait)
        }
        switch failure.pace {
        case .backoff: return span(base, cap, attempts) * chance
        case .refusal: return span(refusedBase, refusedCap, attempts) * chance
        case .hourly: return Self.longestWait
        }
    }

    private func span(_ base: Duration, _ cap: Duration, _ attempts: Int) -> Duration {
        let doublings = min(max(attempts - 1, 0), 30)
        return min(base * (1 << doublings), cap, Self.longestWait)
    }

    private func attentionAt(
        _ failure: Failure,
        attempts: Int,
        since: Timestamp,
        now: Timestamp
    ) -> Timestamp? {
        switch failure.attention {
        case .never: nil
        case .atOnce: since
        case .afterAnHour: since + .seconds(3600)
        case .afterTries: attempts >= attentionAfter ? now : nil
        }
    }
}
