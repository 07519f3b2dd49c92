internal import FoundationEssentials

/// A moment in UTC, in whole milliseconds since 1970.
///
/// Moments only label and schedule; what comes first is decided by sequence numbers, because a
/// station's clock can jump.
package struct Timestamp: Hashable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension Timestamp: Comparable {
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Timestamp {
    /// `2026-11-22T10:00:00.000Z` (RFC 3339).
    package var rfc3339: String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The moment such a text names, with or without a fraction of a second.
    package init?(rfc3339 text: String) {
        for fraction in [true, false] {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
            if let date = try? style.parse(text) {
                let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
                guard let whole = Int64(exactly: milliseconds) else { return nil }
                self.init(milliseconds: whole)
                return
            }
        }
        return nil
    }

    /// The moment that much later, or the last one there is.
    package static func + (moment: Timestamp, delay: Duration) -> Timestamp {
        let (sum, overflow) = moment.milliseconds.addingReportingOverflow(delay.milliseconds)
        return Timestamp(milliseconds: overflow ? .max : sum)
    }

    /// How much later this is than the other; negative where it is earlier.
    package func since(_ other: Timestamp) -> Duration {
        let (difference, overflow) =
            milliseconds.subtractingReportingOverflow(other.milliseconds)
        return .milliseconds(overflow ? .max : difference)
    }
}

extension Duration {
    /// Whole milliseconds, as many as fit.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow
            ? (seconds < 0 ? .min : .max) : product + attoseconds / 1_000_000_000_000_000
    }
}
