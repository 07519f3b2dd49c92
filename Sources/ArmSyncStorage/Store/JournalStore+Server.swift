import ArmProtocol
package import ArmSync
import JSONDocument

extension JournalStore {
    package func serverStanding() -> ServerStanding {
        // Losable: whatever stands in the way counts as nothing known.
        guard let bytes = (try? fileSystem.contents(of: directory.server)) ?? nil,
            let json = try? JSONValue(parsing: bytes),
            let standing = try? ServerStanding(json: json)
        else { return ServerStanding() }
        return standing
    }

    package func remember(_ standing: ServerStanding) throws(StoreError) {
        try directory.prepare()
        let bytes = standing.json.serialized(.indented) + [UInt8(ascii: "\n")]
        try rememberingServer.withLock { (_) throws(StoreError) in
            try attempting(orSaying: "what is known of the server was not stored") {
                () throws(FileSystemError) in
                do throws(FileSystemError) {
                    try fileSystem.replace(
                        directory.server,
                        with: bytes,
                        // Another process may write its own at the same time.
                        aside: "\(directory.server).new-\(processID)",
                        permissions: 0o600,
                        durable: false
                    )
                } catch {
                    guard error.isDiskFull,
                        let file = try? fileSystem.open(directory.server, .appending)
                    else { throw error }
                    // What was said must be remembered above all while the disk is full, or every
                    // run says it again; the old file's room is there, and its loss is bearable.
                    try file.truncate(to: 0)
                    try file.append(bytes)
                }
            }
        }
    }
}

extension ServerStanding {
    var json: JSONValue {
        var object = JSONObject()
        object["binding"] = binding?.json
        object["last_contact_at"] = lastContactAt.map { .string(JSONString($0.rfc3339)) }
        object["trouble"] = trouble?.json
        object["announced"] = announced.isEmpty ? nil : .array(announced.map(\.json))
        object["attention"] = attention.isEmpty ? nil : attention.json
        object["credentials_mark"] = credentialsMark.map { .string(JSONString($0)) }
        object["reads"] = reads.isEmpty ? nil : .array(reads.map(Self.json(ofRead:)))
        return .object(object)
    }

    private static func json(ofRead read: (key: DocumentKey, value: Timestamp)) -> JSONValue {
        var object = read.key.json
        object["at"] = .string(JSONString(read.value.rfc3339))
        return .object(object)
    }

    /// Reads what `json` wrote.
    init(json: JSONValue) throws(FoldError) {
        self.init()
        binding = try json["binding"].map { json throws(FoldError) in try Binding(json: json) }
        lastContactAt = json["last_contact_at"]?.text.flatMap(Timestamp.init(rfc3339:))
        trouble = try json["trouble"].map { json throws(FoldError) in try Trouble(json: json) }
        announced = Announcement.list(json["announced"])
        attention = AttentionStanding(
            announced: Announcement.list(json["attention"]?["announced"]),
            trouble: try json["attention"]?["trouble"].map { json throws(FoldError) in
                try Trouble(json: json)
            }
        )
        credentialsMark = json["credentials_mark"]?.text
        for read in json["reads"]?.array ?? [] {
            guard let key = DocumentKey(named: read), let at = read["at"]?.text else { continue }
            reads[key] = Timestamp(rfc3339: at)
        }
    }
}

extension AttentionStanding {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["announced"] = announced.isEmpty ? nil : .array(announced.map(\.json))
        object["trouble"] = trouble?.json
        return .object(object)
    }
}

extension Announcement {
    fileprivate static func list(_ json: JSONValue?) -> [Announcement] {
        (json?.array ?? []).compactMap(Announcement.init(json:))
    }

    fileprivate var json: JSONValue {
        var object = identity.document?.json ?? JSONObject()
        object["cause"] = .string(JSONString(identity.cause))
        object["since"] = .string(JSONString(since.rfc3339))
        object["said"] = .bool(isSaid)
        return .object(object)
    }

    /// Reads what `json` wrote; nil for anything else, which is then said once more.
    fileprivate init?(json: JSONValue) {
        guard let cause = json["cause"]?.text, let isSaid = json["said"]?.bool,
            let since = json["since"]?.text.flatMap(Timestamp.init(rfc3339:))
        else { return nil }
        self.init(
            Identity(document: DocumentKey(named: json), cause: cause),
            since: since,
            isSaid: isSaid
        )
    }
}

extension DocumentKey {
    /// The members that name the document.
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["application"] = .string(JSONString(application))
        object["agent"] = agent.map { .string(JSONString($0)) }
        return object
    }

    /// The document that those members name; nil where they name none.
    fileprivate init?(named json: JSONValue) {
        guard let application = json["application"]?.text else { return nil }
        self.init(application: application, agent: json["agent"]?.text)
    }
}
