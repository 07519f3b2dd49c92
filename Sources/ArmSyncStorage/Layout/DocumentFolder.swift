import ArmProtocol
import ArmSync

/// Where the files of one document are.
struct DocumentFolder: Sendable {
    let key: DocumentKey
    let path: String
    /// The folder of all documents of the application.
    let applicationPath: String

    init(_ key: DocumentKey, in documents: String) throws(StoreError) {
        let application = try Self.name(key.application, of: "application")
        let agent = try key.agent.map { id throws(StoreError) in try Self.name(id, of: "agent") }
        self.key = key
        applicationPath = "\(documents)/\(application)"
        path = "\(applicationPath)/\(agent ?? FolderName.noAgent)"
    }

    var lock: String { "\(path)/lock" }
    var journal: String { "\(path)/journal.jsonl" }
    /// A journal being written anew; one left by a crash is replaced.
    var newJournal: String { "\(path)/journal.jsonl.new" }
    var cache: String { "\(path)/user_data.json" }
    var newCache: String { "\(path)/user_data.json.new" }
    /// Bytes cut off the journal's end.
    func tornTail(_ number: Int) -> String { "\(path)/journal.torn-\(number)" }

    /// Where a cache file that somebody changed is put.
    func changedCache(at time: Timestamp) -> String {
        "\(path)/user_data.json.changed-" + time.rfc3339.replacingColons()
    }

    private static func name(_ id: String, of what: String) throws(StoreError) -> String {
        guard let name = FolderName.encoded(id) else {
            let reason =
                id.isEmpty
                ? "is empty"
                : "is too long: \(id.utf8.count) bytes, of which \(FolderName.byteLimit) fit once "
                    + "all but letters, digits, \"-\", \"_\" and \".\" count three times"
            throw StoreError(.unusableID, "the \(what) id \(reason)")
        }
        return name
    }
}

extension String {
    fileprivate func replacingColons() -> String {
        String(map { $0 == ":" ? "-" : $0 })
    }
}
