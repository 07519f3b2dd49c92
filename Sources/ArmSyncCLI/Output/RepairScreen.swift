import ArmProtocol
import ArmSync
import ArmSyncStorage
import JSONDocument

/// What a repair would do and what it did, for people.
struct RepairScreen {
    /// Most edits that are shown one by one.
    static let editLimit = 20

    let key: DocumentKey
    let console: Console

    func lines(of survey: JournalSurvey) -> [String] {
        let title =
            "The journal of \(key.words) is damaged at line \(survey.line): \(survey.reason)."
        return Paragraph.wrapped(title.printable, width: console.width) + kept(survey)
            + strandedLines(survey)
    }

    func lines(of repair: JournalRepair) -> [String] {
        var lines = [
            "Repaired. The damaged journal is kept as", "    \(repair.journalCopy)",
        ]
        if let copy = repair.cacheCopy {
            lines += [
                "and the document as other programs saw it last as", "    \(copy)",
                "To take that back as an edit: arm-sync import \(copy.shellWord)\(key.flags)",
            ]
        }
        if repair.state.isUnsettled {
            let sentence =
                "What is unsaved here may have been saved and changed since: unless the server "
                + "holds just that, the next sync asks you to decide."
            lines += Paragraph.wrapped(sentence, width: console.width)
        }
        return lines
    }

    private func kept(_ survey: JournalSurvey) -> [String] {
        let kept: String
        if survey.isComplete {
            kept = "The whole document was written again after the damage: nothing of it is lost."
        } else if let moment = survey.keptUntil, survey.state.sequence > 0 {
            kept =
                "It can be rebuilt as it was at \(moment.local), after record "
                + "\(survey.state.sequence). \(survey.lostBytes.counted("byte")) after that are lost, "
                + "\(survey.brokenLines.counted("line")) of them broken."
        } else {
            kept = "Nothing of it can be saved: the document begins anew, with nothing."
        }
        return Paragraph.indented(kept, width: console.width)
    }

    private func strandedLines(_ survey: JournalSurvey) -> [String] {
        guard !survey.stranded.isEmpty else { return [] }
        let count = survey.stranded.count
        let sentence =
            "\(count.counted("record")) after the damage \(count == 1 ? "is" : "are") intact but "
            + "cannot be applied without what is missing before:"
        let rest = count - Self.editLimit
        return Paragraph.indented(sentence, width: console.width)
            + survey.stranded.prefix(Self.editLimit).flatMap(lines(of:))
            + (rest > 0 ? ["    \(rest) more are in the copy."] : [])
    }

    private func lines(of stranded: JournalSurvey.Stranded) -> [String] {
        let head = "    #\(stranded.sequence)  \(stranded.time.local)  \(stranded.event.words)"
        guard let patch = stranded.edit?.patch else { return [head] }
        let text = patch.json.text(.compact).printable
        let limit = max(console.width - 6, 20)
        return [head, "      " + (text.count <= limit ? text : text.prefix(limit - 1) + "…")]
    }
}
