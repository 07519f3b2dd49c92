/// One line of the table: what was measured against what, and whether it is good enough.
struct Row {
    var work: String
    var figures: String
    /// What was reached, and whether that is the target; nil where there is none.
    var verdict: (reached: String, target: String, isPassed: Bool)?

    /// A time against another.
    static func ratio(
        _ work: String,
        _ ours: Duration,
        _ what: String,
        against theirs: Duration,
        _ whatElse: String,
        atMost limit: Double
    ) -> Row {
        let ratio = ours / theirs
        return Row(
            work: work,
            figures: "\(what) \(ours.words), \(whatElse) \(theirs.words)",
            verdict: ("\(ratio.digits)×", "≤ \(limit.digits)×", ratio <= limit)
        )
    }

    var line: String {
        guard let verdict else { return "\(padded(work, 34))  \(figures)" }
        let mark = verdict.isPassed ? "pass" : "MISS"
        let end = "\(padded(verdict.reached, 8)) \(padded(verdict.target, 9)) \(mark)"
        return "\(padded(work, 34))  \(padded(figures, 46))  \(end)"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
