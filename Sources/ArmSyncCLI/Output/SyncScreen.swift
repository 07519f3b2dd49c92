import ArmProtocol
import ArmSync

/// What a whole run came to, for people.
struct SyncScreen {
    let console: Console
    let now: Timestamp

    /// A line or two for each document that did something or needs something, then one for all
    /// that met the same failure, then the sum.
    func lines(of summary: SyncSummary) -> [String] {
        guard !summary.reports.isEmpty else {
            return ["There is nothing to sync: no document was edited here yet."]
        }
        var lines: [String] = []
        for report in summary.reports {
            if case .failed = report.result { continue }
            lines += self.lines(of: report)
        }
        lines += failures(of: summary.reports)
        if console.isVerbose {
            lines.append("\(summary.requests.counted("request")) in all.")
        }
        return lines
    }

    private func lines(of report: SyncReport) -> [String] {
        let words = report.key.words.printable
        switch report.result {
        case .saved where report.edits == 0:
            return [line(words, "saved", .good)]
        case .saved:
            return [line(words, "saved, \(report.edits.counted("edit"))", .good)]
        case .merged:
            return [line(words, "changed on the server, taken over", .good)]
        case .unchanged:
            return [line(words, "unchanged", .faint)]
        case .skipped:
            return [line(words, report.waits ? "waits for its next try" : "not due", .faint)]
        case .held(let reason):
            let advice = HeldAdvice(reason: reason, key: report.key)
            return [line(words, advice.title, .needsPerson)] + advice.lines(console.width)
        case .storeFailed(let error):
            return [
                line(words, "not synced, the local store failed", .needsPerson)
            ] + Paragraph.indented(error.message.printable.sentence, width: console.width)
        case .failed:
            return []
        }
    }

    /// One paragraph for each cause, however many documents it met.
    private func failures(of reports: [SyncReport]) -> [String] {
        var causes: [(message: String, report: SyncReport, keys: [String])] = []
        for report in reports {
            guard let failure = report.failure else { continue }
            let message = failure.message.printable.sentence
            if let index = causes.firstIndex(where: { $0.message == message }) {
                causes[index].keys.append(report.key.words.printable)
            } else {
                causes.append((message, report, [report.key.words.printable]))
            }
        }
        return causes.flatMap { cause in
            let title = cause.keys.count == 1 ? cause.keys[0] : cause.keys.count.counted("document")
            let advice = FailureAdvice(
                kind: cause.report.failure?.kind ?? .transient,
                needsAttention: cause.report.needsAttention
            )
            let text = advice.lines(
                about: cause.message,
                detail: console.isVerbose ? cause.report.failure?.detail : nil,
                width: console.width
            )
            return [line(title, advice.title, advice.meaning)] + text
        }
    }

    private func line(_ document: String, _ text: String, _ meaning: Palette.Meaning) -> String {
        "\(document)  \(console.palette.paint(text, meaning))"
    }
}
