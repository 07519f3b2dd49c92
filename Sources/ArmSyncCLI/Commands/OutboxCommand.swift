import ArgumentParser
import ArmSync
import JSONDocument

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "List the edits that wait, newest last."
    )

    @OptionGroup var options: SharedOptions

    func run() throws {
        let workspace = try Workspace(options)
        let console = workspace.console
        let key = try workspace.chosenDocument()
        let state = try workspace.state(of: key)
        let sent = state.sent?.edits ?? []
        if options.json {
            for entry in sent { try console.result(entry.json(isSent: true)) }
            for entry in state.edits { try console.result(entry.json(isSent: false)) }
            return
        }
        if state.outbox.isEmpty {
            try console.say("No edit of \(key.words) waits.")
            return try workspace.hint(at: key, state)
        }
        let now = Surroundings.now()
        for entry in sent { try console.result(entry.words(at: now) + "  (being saved)") }
        for entry in state.edits { try console.result(entry.words(at: now)) }
    }
}

extension OutboxEntry {
    fileprivate func words(at now: Timestamp) -> String {
        guard let edit else {
            return "\(count.counted("edit")) between \(first.ago(now)) and \(last.ago(now))"
        }
        return "#\(edit.id)  \(first.ago(now))  \(edit.words)"
    }

    fileprivate func json(isSent: Bool) -> JSONValue {
        var object = JSONObject()
        object["id"] = edit.map { .number(JSONNumber($0.id)) } ?? .null
        object["count"] = .number(JSONNumber(count))
        object["first_at"] = first.json
        object["last_at"] = last.json
        object["author"] = edit.map { .string(JSONString($0.author)) } ?? .null
        object["paths"] = edit.map { .array($0.paths.map { .string(JSONString($0)) }) } ?? .null
        object["operations"] = edit.map { .number(JSONNumber($0.operations)) } ?? .null
        object["sent"] = .bool(isSent)
        return .object(object)
    }
}

extension EditSummary {
    /// Who changed which places.
    var words: String {
        let more = operations - paths.count
        let places = paths.map { $0.isEmpty ? "the whole document" : $0.printable }
        let rest = more > 0 ? " and \(more) more" : ""
        return "\(author.printable)  " + places.joined(separator: ", ") + rest
    }
}

extension Timestamp {
    /// `2026-11-22T10:00:00Z`: whole seconds, as every time in JSON output.
    var json: JSONValue {
        let seconds = milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
        let text = Timestamp(milliseconds: seconds * 1000).rfc3339
        return .string(JSONString(text.replacingFraction))
    }
}

extension String {
    /// The RFC 3339 time without its `.000`.
    fileprivate var replacingFraction: String {
        guard let dot = firstIndex(of: ".") else { return self }
        return self[..<dot] + "Z"
    }
}
