import FoundationEssentials

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
        // A binary fraction lies beside the millisecond it stands for, and formatting cuts off: aimed
        // at its middle, every millisecond comes back as itself.
        Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
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

    /// How much later this is than the other, as far as it can be told; negative where it is earlier.
    package func since(_ other: Timestamp) -> Duration {
        let (difference, overflow) =
            milliseconds.subtractingReportingOverflow(other.milliseconds)
        guard overflow else { return .milliseconds(difference) }
        return .milliseconds(other < self ? Int64.max : Int64.min)
    }
}

extension Duration {
    /// Whole milliseconds, as many as fit.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, overflow) =
            product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return isTooLong || overflow ? (seconds < 0 ? .min : .max) : sum
    }
}
