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
                try fileSystem.replace(
                    directory.server,
                    with: bytes,
                    // Another process may write its own at the same time.
                    aside: "\(directory.server).new-\(processID)",
                    permissions: 0o600,
                    durable: false
                )
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
        object["credentials_mark"] = credentialsMark.map { .string(JSONString($0)) }
        return .object(object)
    }

    /// Reads what `json` wrote.
    init(json: JSONValue) throws(FoldError) {
        self.init()
        binding = try json["binding"].map { json throws(FoldError) in try Binding(json: json) }
        lastContactAt = json["last_contact_at"]?.text.flatMap(Timestamp.init(rfc3339:))
        trouble = try json["trouble"].map { json throws(FoldError) in try Trouble(json: json) }
        credentialsMark = json["credentials_mark"]?.text
    }
}
