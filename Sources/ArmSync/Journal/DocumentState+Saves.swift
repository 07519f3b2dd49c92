import JSONDocument

/// What the last saves left behind, each version as the patch that leads to it from one that stands
/// in the snapshot anyway.
extension DocumentState {
    func writeSaves(to object: inout JSONObject) {
        let known = base.content?.value
        object["watches"] =
            watches.isEmpty
            ? nil
            : .array(
                watches.map { watch in
                    var json = JSONObject()
                    json["saved_at"] = JSONValue(watch.savedAt)
                    json["before"] = .relative(watch.before, to: known)
                    json["returned"] = watch.isContested ? true : nil
                    return .object(json)
                }
            )
        object["ghosts"] =
            ghosts.isEmpty
            ? nil
            : .array(
                ghosts.map { ghost in
                    [
                        "sent_at": JSONValue(ghost.sentAt),
                        "value": .relative(ghost.value, to: known),
                    ]
                }
            )
        object["returning"] = returning.map { .relative($0, to: known) }
        object["last_save"] = lastSave.map { save in
            [
                "saved_at": JSONValue(save.savedAt),
                "after": .relative(save.after, to: known),
                "before": .relative(save.before, to: save.after),
            ]
        }
        object["altered"] = alteration.map { .array($0.changes.map(\.json)) }
    }

    mutating func readSaves(from fields: Fields) throws(FoldError) {
        let known = base.content?.value
        for json in try fields.optional("watches", \.array) ?? [] {
            let fields = try Fields(json, of: "a watch")
            let watch = Watch(
                savedAt: try fields.time("saved_at"),
                before: try fields.version("before", of: known),
                isContested: try fields.optional("returned", \.bool) ?? false
            )
            watches.append(watch)
        }
        for json in try fields.optional("ghosts", \.array) ?? [] {
            let fields = try Fields(json, of: "a save")
            guard let value = try fields.version("value", of: known) else { continue }
            ghosts.append(Ghost(sentAt: try fields.time("sent_at"), value: value))
        }
        if fields.object["returning"] != nil {
            returning = try fields.version("returning", of: known)
        }
        if let json = fields.object["last_save"] {
            let fields = try Fields(json, of: "\"last_save\"")
            if let after = try fields.version("after", of: known) {
                lastSave = LastSave(
                    savedAt: try fields.time("saved_at"),
                    before: try fields.version("before", of: after),
                    after: after
                )
            }
        }
        if let changes = try fields.optional("altered", \.array) {
            alteration = Alteration(
                changes: try changes.map { json throws(FoldError) in
                    try Alteration.Change(Fields(json, of: "an alteration"))
                }
            )
        }
    }
}

extension Alteration.Change {
    fileprivate var json: JSONValue {
        var json = JSONObject()
        json["patch"] = JSONPatch([operation]).json
        json["ours"] = isOurs ? true : nil
        json["repeated"] = isRepeated ? true : nil
        return .object(json)
    }

    fileprivate init(_ fields: Fields) throws(FoldError) {
        let operation = try fields.required("patch") { json in
            (try? JSONPatch(json: json))?.operations.first
        }
        self.init(
            operation: operation,
            isOurs: try fields.optional("ours", \.bool) ?? false,
            isRepeated: try fields.optional("repeated", \.bool) ?? false
        )
    }
}

extension JSONValue {
    /// A version of a document as the patch from another one, or whole where that is shorter.
    fileprivate static func relative(_ version: JSONValue?, to known: JSONValue?) -> JSONValue {
        guard let version else { return "absent" }
        guard let known else { return ["value": version] }
        let patch = known.difference(to: version).json
        let isShort = patch.serialized().count <= version.serialized().count
        return isShort ? ["patch": patch] : ["value": version]
    }
}

extension Fields {
    /// Reads what `relative` wrote; nil is a version that is no document.
    fileprivate func version(
        _ name: JSONString,
        of known: JSONValue?
    ) throws(FoldError) -> JSONValue? {
        let json = try required(name) { $0 }
        if json == "absent" { return nil }
        if let value = json["value"] { return value }
        guard let known, let patch = json["patch"] else {
            throw FoldError(message: "\"\(name.text)\" is not as expected")
        }
        do {
            return try known.applying(try JSONPatch(json: patch))
        } catch {
            throw FoldError(message: "\"\(name.text)\" does not apply")
        }
    }
}
