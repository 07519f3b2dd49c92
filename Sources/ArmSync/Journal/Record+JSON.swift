import ArmProtocol
package import JSONDocument

extension Record {
    /// The members of the record's journal line, apart from what the journal adds to each.
    package var json: JSONObject {
        var object = JSONObject()
        switch change {
        case .snapshot(let state):
            object["type"] = "snapshot"
            object["event"] = JSONValue(event.rawValue)
            object["state"] = state.json
        case .edit(let edit):
            object["type"] = "edit"
            object["event"] = JSONValue(event.rawValue)
            object["author"] = JSONValue(edit.author)
            object["form"] = edit.form == .json ? nil : JSONValue(edit.form.rawValue)
            object["replaces"] = edit.isReplacement ? true : nil
            object["empties"] = edit.emptiesOnPurpose ? true : nil
            object["patch"] = edit.patch.json
        case .sending(let readAt):
            object["type"] = "sending"
            object["event"] = JSONValue(event.rawValue)
            object["read_at"] = readAt.map { JSONValue($0) }
        case .note(let note):
            object["type"] = "note"
            object["event"] = JSONValue(event.rawValue)
            object["trouble"] = note.trouble?.json
            object["closes_sent"] = note.closesSent ? true : nil
            object["read_at"] = note.readAt.map { JSONValue($0) }
            object["detail"] = note.detail.map { JSONValue($0) }
        }
        object["retired"] = retired?.json
        return object
    }

    /// Reads what `json` wrote; members it does not know are ignored.
    package init(json: JSONObject) throws(FoldError) {
        let fields = try Fields(.object(json), of: "the record")
        event = try fields.required("event") { $0.text.flatMap(Event.init(rawValue:)) }
        retired = try json["retired"].map { json throws(FoldError) in try JSONPatch(stored: json) }
        let type = try fields.text("type")
        switch type {
        case "snapshot":
            change = .snapshot(try DocumentState(json: json["state"]))
        case "edit":
            change = .edit(try Edit(fields))
        case "sending":
            change = .sending(readAt: try fields.optional("read_at", \.timestamp))
        case "note":
            change = .note(
                Note(
                    trouble: try json["trouble"].map(Trouble.init(json:)),
                    closesSent: try fields.optional("closes_sent", \.bool) ?? false,
                    readAt: try fields.optional("read_at", \.timestamp),
                    detail: try fields.optional("detail", \.text)
                )
            )
        default:
            throw FoldError(message: "a record of the unknown type \"\(type)\"")
        }
    }
}

extension Edit {
    fileprivate init(_ fields: Fields) throws(FoldError) {
        author = try fields.text("author")
        form = try fields.optional("form", \.form) ?? .json
        isReplacement = try fields.optional("replaces", \.bool) ?? false
        emptiesOnPurpose = try fields.optional("empties", \.bool) ?? false
        patch = try JSONPatch(stored: fields.object["patch"] ?? .null)
    }
}

extension JSONPatch {
    fileprivate init(stored json: JSONValue) throws(FoldError) {
        do {
            try self.init(json: json)
        } catch {
            throw FoldError(message: "an edit is no patch: \(error.message)")
        }
    }
}

extension Trouble {
    /// The trouble as journals and `server.json` hold it.
    package var json: JSONValue {
        var object = JSONObject()
        object["kind"] = JSONValue(kind.rawValue)
        object["code"] = JSONValue(code)
        object["message"] = JSONValue(message)
        object["detail"] = detail.map { JSONValue($0) }
        object["since"] = JSONValue(since)
        object["at"] = JSONValue(at)
        object["attempts"] = .number(JSONNumber(attempts))
        object["next_attempt"] = JSONValue(nextAttempt)
        object["attention_at"] = attentionAt.map { JSONValue($0) }
        return .object(object)
    }

    /// Reads what `json` wrote.
    package init(json: JSONValue) throws(FoldError) {
        let fields = try Fields(json, of: "\"trouble\"")
        kind = try fields.required("kind") { $0.text.flatMap(FailureKind.init(rawValue:)) }
        code = try fields.text("code")
        message = try fields.text("message")
        detail = try fields.optional("detail", \.text)
        since = try fields.time("since")
        at = try fields.time("at")
        attempts = try fields.count("attempts")
        nextAttempt = try fields.time("next_attempt")
        attentionAt = try fields.optional("attention_at", \.timestamp)
    }
}
