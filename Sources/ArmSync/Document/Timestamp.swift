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
