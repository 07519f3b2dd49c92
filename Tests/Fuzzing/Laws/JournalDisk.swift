import ArmProtocol
import ArmSync
import DiskSimulation
import JSONDocument

@testable import ArmSyncStorage

/// A state directory in memory with one journal in it.
struct JournalDisk {
    static let key = DocumentKey(application: "hodor", agent: "102")
    static let noon = Timestamp(milliseconds: 1_790_000_000_000)
    private static let directory = "/state"

    private let fileSystem = SimulatedFileSystem()

    init(holding journal: [UInt8]) throws(BrokenLaw) {
        let folder = "\(Self.directory)/documents/hodor/102"
        try put(journal, folder, "journal.jsonl")
    }

    init(standing: [UInt8]) throws(BrokenLaw) { try put(standing, Self.directory, "server.json") }

    private func put(_ bytes: [UInt8], _ folder: String, _ name: String) throws(BrokenLaw) {
        try succeed("a disk in memory takes a file") { () throws(FileSystemError) in
            var path = ""
            for part in folder.split(separator: "/") {
                path += "/\(part)"
                _ = try fileSystem.makeDirectory(path)
            }
            let file = try fileSystem.open("\(folder)/\(name)", .creating(permissions: 0o600))
            try file.append(bytes)
        }
    }

    /// A store as a new process would have it.
    func store(limits: JournalLimits = JournalLimits()) -> JournalStore {
        JournalStore(
            directory: Self.directory,
            fileSystem: fileSystem,
            processID: 42,
            limits: limits,
            gathering: CacheGathering(window: .zero) { _, _ in },
            report: { _ in }
        )
    }

    func bytes(_ path: String) -> [UInt8]? { try? fileSystem.contents(of: path) }

    /// A process that writes finds that state, or one to which it adds what it found torn; what it
    /// writes is there for the next one, also when the journal was written anew.
    func checkWriting(after state: DocumentState) throws(BrokenLaw) {
        let seen = try succeed("what can be read can be opened to write") {
            try store().commit(Self.key, at: Self.noon) { _ in nil }
        }
        try expect(seen.local == state.local, "opening a journal changes no document")
        // Where no numbers are left, what cannot be stored is refused.
        guard seen.sequence < JournalHeader.sequenceLimit else { return }
        let patch = JSONPatch([.replace(JSONPointer(), ["written": 1])])
        let after = try succeed("what can be read can be written to") {
            try store().commit(Self.key, at: Self.noon) { _ in
                Record(.edit(Edit(author: "fuzz", patch: patch)), event: .edited)
            }
        }
        try expect(after.local?.value == ["written": 1], "an edit is in local")
        try expect(after.sequence > state.sequence, "records are numbered upwards")
        let found = try succeed("what was written can be read") {
            try store().state(of: Self.key)
        }
        try expect(found == after, "what was written is found by the next process")
        let anew = try succeed("a journal can be written anew") {
            try store(limits: JournalLimits(tail: 0, journal: 0)).commit(Self.key, at: Self.noon) {
                _ in nil
            }
        }
        let again = try succeed("what was written anew can be read") {
            try store().state(of: Self.key)
        }
        try expect(again == anew, "a journal written anew says what it said to its writer")
        try expect(
            again.local == after.local && again.sequence == after.sequence,
            "a journal written anew holds the same document"
        )
        _ = try succeed("the history can be read") { try store().history(of: Self.key) }
    }
}
