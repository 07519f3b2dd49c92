import ArmProtocol
import ArmSync
import ArmSyncStorage
import Glibc
import JSONDocument

/// A state directory that edits go into without a program's start for each.
struct EditStore {
    let path: String
    let store: JournalStore

    init(_ path: String) {
        self.path = path
        store = JournalStore(directory: path) { print("notice: \($0.message)") }
    }

    static let key = DocumentKey(application: "reports", agent: "102")

    static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Makes the whole document this one.
    func replace(_ key: DocumentKey = key, by bytes: [UInt8]) throws {
        let value = try JSONValue(parsing: bytes)
        try edit(key) { document throws(Never) in document.difference(to: value) }
    }

    /// One edit of one member, as `set` makes it.
    func count(_ key: DocumentKey = key, to number: Int) throws {
        let counter = JSONPointer(tokens: ["counter"])
        try edit(key) { document throws(JSONPointerError) in
            try document.patch(setting: .number(JSONNumber(number)), at: counter)
        }
    }

    private func edit<Failure: Error>(
        _ key: DocumentKey,
        by patch: (JSONValue) throws(Failure) -> JSONPatch
    ) throws {
        try store.update(key, at: Self.now()) { (state: DocumentState) throws in
            try state.editing(
                by: try patch(state.editable),
                author: "operator@station",
                form: .json,
                allowsEmpty: false
            )
        }
    }

    /// Bytes of everything in the document's folder.
    func length(_ key: DocumentKey = key) -> Int {
        let folder = "\(path)/documents/\(key.application)/\(key.agent ?? "_")"
        return ["journal.jsonl", "user_data.json", "lock"].reduce(0) { sum, name in
            var status = stat()
            return lstat("\(folder)/\(name)", &status) == 0 ? sum + status.st_size : sum
        }
    }
}

/// A file that lines are appended to with a sync after each: the floor under everything durable.
final class BareFile {
    private let descriptor: Int32

    init(_ path: String) throws(BenchmarkError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw BenchmarkError("\(path) cannot be made") }
    }

    deinit { close(descriptor) }

    func append(_ line: [UInt8]) throws(BenchmarkError) {
        guard write(descriptor, line, line.count) == line.count, fdatasync(descriptor) == 0 else {
            throw BenchmarkError("an append failed")
        }
    }
}
