import DiskSimulation
import ArmProtocol
import ArmSync
import ArmSyncStorage
import Foundation
import JSONDocument
import Synchronization

/// Where a test's files are: on the machine, or in memory. Gone with the test.
final class Place: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case real
        case simulated
    }

    let fileSystem: any FileSystem
    let root: String
    private let heard = Mutex<[StorageNotice]>([])

    init(_ kind: Kind) throws {
        switch kind {
        case .real:
            fileSystem = PosixFileSystem()
            root = FileManager.default.temporaryDirectory.path + "/arm-sync-\(UUID().uuidString)"
            _ = try fileSystem.makeDirectory(root)
        case .simulated:
            fileSystem = SimulatedFileSystem()
            root = "/home"
            _ = try fileSystem.makeDirectory(root)
            try fileSystem.syncDirectory("/")
        }
    }

    deinit {
        if fileSystem is PosixFileSystem { try? FileManager.default.removeItem(atPath: root) }
    }

    var notices: [StorageNotice] { heard.withLock { $0 } }
    var stateDirectory: String { "\(root)/state" }
    var folder: String { "\(stateDirectory)/documents/hodor/102" }
    var journal: String { "\(folder)/journal.jsonl" }
    var cache: String { "\(folder)/user_data.json" }

    /// A store as another process would have it.
    func store(
        processID: Int32 = 42,
        limits: JournalLimits = JournalLimits(),
        gathering: CacheGathering = CacheGathering(window: .zero) { _, _ in }
    ) -> JournalStore {
        JournalStore(
            directory: stateDirectory,
            fileSystem: fileSystem,
            processID: processID,
            limits: limits,
            gathering: gathering,
            report: { notice in self.heard.withLock { $0.append(notice) } }
        )
    }

    func bytes(_ path: String) throws -> [UInt8]? {
        guard try fileSystem.status(of: path) != nil else { return nil }
        let file = try fileSystem.open(path, .reading)
        return try file.read(at: 0, count: file.status().length)
    }

    /// Gives a file other bytes, whoever it belongs to.
    func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        if let simulated = fileSystem as? SimulatedFileSystem {
            simulated.rewrite(path) { $0 = bytes }
        } else {
            try? FileManager.default.removeItem(atPath: path)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
    }
}

extension DocumentKey {
    static let sample = DocumentKey(application: "hodor", agent: "102")
}

extension Timestamp {
    static let noon = Timestamp(milliseconds: 1_790_000_000_000)
}

extension Record {
    /// An edit that gives a member of the document a value.
    static func setting(_ name: String, _ value: JSONValue) -> Record {
        let pointer = JSONPointer(tokens: [JSONString(name)])
        let patch = JSONPatch([.add(pointer, value)])
        return Record(.edit(Edit(author: "test", patch: patch)), event: .edited)
    }
}

extension JournalStore {
    @discardableResult
    func set(
        _ name: String,
        _ value: JSONValue,
        of key: DocumentKey = .sample,
        at time: Timestamp = .noon
    ) throws -> DocumentState {
        try update(key, at: time) { (_) throws(Never) in .setting(name, value) }
    }
}

extension DocumentState {
    /// The document's text, for comparing in one line.
    var localText: String? { local?.value.text() }
}
