import ArmProtocol
package import JSONDocument

extension DocumentState {
    /// The whole state. A content that stands in it twice is written once: where nothing waits,
    /// local is `{"same_as": "base"}`.
    package var json: JSONValue {
        var object = JSONObject()
        object["binding"] = binding?.json
        var writer = ContentWriter()
        switch base {
        case .unknown: object["base"] = "unknown"
        case .absent: object["base"] = "absent"
        case .value(let content): object["base"] = writer.json(content, as: "base")
        case .foreign(let content): object["base"] = content.json
        }
        object["sent"] = sent.map { sent in
            [
                "content": writer.json(sent.content, as: "sent"), "time": JSONValue(sent.time),
                "edits": .array(sent.edits.grouped.map(\.json)),
            ]
        }
        object["local"] = local.map { writer.json($0, as: "local") }
        object["remote"] = remote.map { remote in
            switch remote {
            case .absent: "absent"
            case .value(let content): writer.json(content, as: "remote")
            case .foreign(let content): content.json
            }
        }
        object["edits"] = edits.isEmpty ? nil : .array(edits.grouped.map(\.json))
        object["replaces"] = isReplacement ? true : nil
        object["empties"] = emptiesOnPurpose ? true : nil
        writeSaves(to: &object)
        object["trouble"] = trouble?.json
        object["last_read_at"] = lastReadAt.map { JSONValue($0) }
        object["last_saved_at"] = lastSavedAt.map { JSONValue($0) }
        return .object(object)
    }

    init(json: JSONValue?) throws(FoldError) {
        let fields = try Fields(json, of: "\"state\"")
        let object = fields.object
        binding = try object["binding"].map(Binding.init(json:))
        var reader = ContentReader()
        switch object["base"] {
        case "unknown": base = .unknown
        case "absent": base = .absent
        case let value? where value["foreign"] != nil:
            base = .foreign(try ForeignContent(json: value))
        case let value: base = .value(try reader.content(value, as: "base"))
        }
        if let json = object["sent"] {
            let fields = try Fields(json, of: "\"sent\"")
            sent = Sent(
                content: try reader.content(fields.object["content"], as: "sent"),
                time: try fields.time("time"),
                edits: try [OutboxEntry](fields, "edits")
            )
        }
        if let value = object["local"] { local = try reader.content(value, as: "local") }
        switch object["remote"] {
        case nil: remote = nil
        case "absent": remote = .absent
        case let value? where value["foreign"] != nil:
            remote = .foreign(try ForeignContent(json: value))
        case let value: remote = .value(try reader.content(value, as: "remote"))
        }
        edits = try [OutboxEntry](fields, "edits")
        isReplacement = try fields.optional("replaces", \.bool) ?? false
        emptiesOnPurpose = try fields.optional("empties", \.bool) ?? false
        try readSaves(from: fields)
        trouble = try object["trouble"].map(Trouble.init(json:))
        lastReadAt = try fields.optional("last_read_at", \.timestamp)
        lastSavedAt = try fields.optional("last_saved_at", \.timestamp)
    }
}

extension Binding {
    /// The binding as journals and `server.json` hold it.
    package var json: JSONValue { ["server": JSONValue(server), "domain": JSONValue(domain)] }

    /// Reads what `json` wrote.
    package init(json: JSONValue) throws(FoldError) {
        let fields = try Fields(json, of: "\"binding\"")
        server = try fields.text("server")
        domain = try fields.text("domain")
    }
}

extension ForeignContent {
    fileprivate var json: JSONValue {
        ["foreign": JSONValue(text), "reason": JSONValue(reason)]
    }

    fileprivate init(json: JSONValue) throws(FoldError) {
        let fields = try Fields(json, of: "the foreign content")
        self.init(text: try fields.text("foreign"), reason: try fields.text("reason"))
    }
}

extension OutboxEntry {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["count"] = .number(JSONNumber(count))
        object["first"] = JSONValue(first)
        object["last"] = first == last ? nil : JSONValue(last)
        guard let edit else { return .object(object) }
        object["id"] = .number(JSONNumber(edit.id))
        object["author"] = JSONValue(edit.author)
        object["paths"] = .array(edit.paths.map { JSONValue($0) })
        object["operations"] = .number(JSONNumber(edit.operations))
        return .object(object)
    }

    fileprivate init(json: JSONValue) throws(FoldError) {
        let fields = try Fields(json, of: "an edit")
        count = try fields.count("count")
        first = try fields.time("first")
        last = try fields.optional("last", \.timestamp) ?? first
        guard fields.object["id"] != nil else { return }
        edit = EditSummary(
            id: try fields.int("id"),
            author: try fields.text("author"),
            paths: try fields.required("paths", \.texts),
            operations: try fields.int("operations")
        )
    }
}

extension [OutboxEntry] {
    fileprivate init(_ fields: Fields, _ name: JSONString) throws(FoldError) {
        self = []
        for json in try fields.optional(name, \.array) ?? [] {
            append(try OutboxEntry(json: json))
        }
    }
}
