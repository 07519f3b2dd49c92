import ArmProtocol
import ArmSync
import ArmSyncStorage
import JSONDocument

/// What happened to a document, for people.
struct LogScreen {
    let console: Console
    let now: Timestamp

    func lines(of history: JournalHistory) -> [String] {
        let shown = history.events.flatMap { lines(of: $0) }
        let totals = Event.allCases.compactMap { event in
            history.totals[event].map { "\($0) \(event.totalWord)" }
        }
        let sum = "In all: " + totals.joined(separator: ", ") + "."
        return shown + Paragraph.wrapped(sum, width: console.width)
    }

    private func lines(of entry: JournalHistory.Entry) -> [String] {
        let start = "\(entry.time.local)  \(entry.time.ago(now))"
        let head = start + "  " + console.palette.paint(entry.event.words, entry.event.meaning)
        let details = [entry.edit?.words, entry.detail?.printable].compactMap(\.self)
        return [head] + details.flatMap { Paragraph.indented($0, width: console.width) }
            + givenUp(entry)
    }

    /// What a decision gave up; only where it is asked for, since it is the document's contents.
    private func givenUp(_ entry: JournalHistory.Entry) -> [String] {
        guard let retired = entry.retired else { return [] }
        guard console.isVerbose else {
            return [
                "    \(retired.operations.count.counted("change")) given up; --verbose shows it"
            ]
        }
        let patch = "This patch brings it back:"
        return ["    \(patch)", "    \(retired.json.text(.compact).printable)"]
    }
}

extension JournalHistory.Entry {
    /// One event, for a script.
    func json(of key: DocumentKey) -> JSONValue {
        var object = key.json
        object["sequence"] = .number(JSONNumber(sequence))
        object["at"] = time.json
        object["event"] = .string(JSONString(event.rawValue))
        object["detail"] = detail.map { .string(JSONString($0)) } ?? .null
        object["author"] = edit.map { .string(JSONString($0.author)) } ?? .null
        object["paths"] = edit.map { .array($0.paths.map { .string(JSONString($0)) }) } ?? .null
        object["retired"] = retired?.json ?? .null
        return .object(object)
    }
}

extension JournalHistory {
    /// The last line, for a script.
    var totalLine: JSONValue {
        var totals = JSONObject()
        for event in Event.allCases {
            totals[JSONString(event.rawValue)] =
                .number(JSONNumber(self.totals[event, default: 0]))
        }
        return [
            "schema": "arm-sync.log/1", "events": .number(JSONNumber(events.count)),
            "totals": .object(totals),
        ]
    }
}
