import ArmProtocol
import ArmSync

/// What a whole run came to, for people.
struct SyncScreen {
    let console: Console
    let now: Timestamp
    /// How the switch was spoken to.
    var transport = TransportKind.http
    var naming = CommandNaming()

    /// A line or two for each document that did something or needs something, then one for all
    /// that met the same failure, then the sum.
    func lines(of summary: SyncSummary) -> [String] {
        guard !summary.reports.isEmpty else {
            return ["There is nothing to sync: no document was edited here yet."]
        }
        var lines: [String] = []
        let wordings = summary.reports.map { wording(of: $0, isDryRun: summary.isDryRun) }
        let groups = Dictionary(grouping: zip(summary.reports, wordings)) { $0.1?.text ?? "" }
            .mapValues { $0.map(\.0) }
        var isSummedUp: Set<String> = []
        for (report, wording) in zip(summary.reports, wordings) {
            guard let wording else {
                lines += self.lines(of: report)
                continue
            }
            let alike = groups[wording.text] ?? []
            if alike.count <= Self.most || console.isVerbose {
                let text = wording.text + edits(of: [report])
                lines.append(line(report.key.words.printable, text, wording.meaning))
            } else if isSummedUp.insert(wording.text).inserted {
                let text = wording.text + edits(of: alike)
                lines.append(line(alike.count.counted("document"), text, wording.meaning))
            }
        }
        lines += failures(of: summary.reports)
        if console.isVerbose {
            lines.append("\(summary.requests.counted("request")) over \(transport.words).")
        }
        if summary.isDryRun {
            lines.append("Asked over \(transport.words); nothing was written, here or there.")
        }
        return lines
    }

    /// More documents than that which fared alike are told in one line.
    static let most = 20

    private func edits(of reports: [SyncReport]) -> String {
        let edits = reports.reduce(0) { $0 + $1.edits }
        return edits == 0 ? "" : ", \(edits.counted("edit"))"
    }

    /// The words for what needs nobody; nil where there is more to say.
    private func wording(
        of report: SyncReport,
        isDryRun: Bool
    ) -> (text: String, meaning: Palette.Meaning)? {
        switch report.result {
        case .saved: (isDryRun ? "would be saved" : "saved", .good)
        case .merged where report.edits > 0:
            (
                "\(isDryRun ? "would be " : "")merged with what changed on the server, and saved",
                .good
            )
        case .merged where isDryRun: ("changed on the server, would be taken over", .good)
        case .merged: ("changed on the server, taken over", .good)
        case .unchanged: ("unchanged", .faint)
        case .skipped where report.waits:
            (
                "waits; tried again \(report.trouble?.nextTry(from: now) ?? "by the next sync")",
                .faint
            )
        case .skipped: ("not due", .faint)
        case .cutShort where report.requests == 0: ("not begun, the run was ended", .waiting)
        case .cutShort: ("not finished, the run was ended", .waiting)
        case .held, .storeFailed, .failed: nil
        }
    }

    private func lines(of report: SyncReport) -> [String] {
        let words = report.key.words.printable
        switch report.result {
        case .held(let reason):
            let advice = HeldAdvice(reason: reason, key: report.key, naming: naming)
            return [line(words, advice.title, .needsPerson)] + advice.lines(console.width)
        case .storeFailed(let error):
            return [
                line(words, "not synced, the local store failed", .needsPerson)
            ] + Paragraph.indented(error.message.printable.sentence, width: console.width)
        case .saved, .unchanged, .merged, .failed, .skipped, .cutShort:
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
                needsAttention: cause.report.needsAttention,
                nextTry: cause.report.trouble?.nextTry(from: now)
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
