import DiskSimulation
import ArmProtocol
import ArmSync
import ArmSyncStorage
import ArmSyncTestKit
import Synchronization

/// One station on a simulated disk, and every moment at which it may go down.
final class CrashScene: Sendable {
    /// How its store is set up.
    struct Habits: Sendable {
        var limits = JournalLimits()
        /// Whether the clock stands still and the cache file waits for the end of its window.
        var gathers = false
        var flaw: DiskFlaw?
    }

    /// A moment at which power may go, or the process die.
    struct Moment: Sendable {
        var disk: SimulatedDisk
        var ledger: CrashLedger
        /// What the server held.
        var stored: UserData
    }

    /// Nothing but `/home` is there in the beginning.
    static let directory = "/home/local/state/arm-sync"
    static let folder = "\(directory)/documents/hodor/102"
    static let journal = "\(folder)/journal.jsonl"
    static let cache = "\(folder)/user_data.json"

    let fileSystem: SimulatedFileSystem
    let server = ModelServer()
    private let port: any FileSystem
    private let habits: Habits
    private let contents: Mutex<Contents>

    private struct Contents {
        var ledger: CrashLedger
        var moments: [Moment] = []
        var notices: [StorageNotice] = []
        var failures: [String] = []
        var now = Timestamp.noon
        var store: RecordingStore?
    }

    /// A station that begins with nothing.
    init(_ habits: Habits = Habits()) throws {
        self.habits = habits
        contents = Mutex(Contents(ledger: CrashLedger()))
        fileSystem = SimulatedFileSystem()
        port = Self.port(to: fileSystem, habits)
        _ = try fileSystem.makeDirectory("/home")
        try fileSystem.syncDirectory("/")
    }

    /// A station that begins with what a crash left.
    init(_ disk: SimulatedDisk, _ ledger: CrashLedger, _ stored: UserData, _ habits: Habits) {
        self.habits = habits
        contents = Mutex(Contents(ledger: ledger))
        fileSystem = SimulatedFileSystem(disk)
        port = Self.port(to: fileSystem, habits)
        if stored != .absent { server.write(stored, to: .sample) }
    }

    private static func port(
        to fileSystem: SimulatedFileSystem,
        _ habits: Habits
    ) -> any FileSystem {
        guard let flaw = habits.flaw else { return fileSystem }
        return FlawedFileSystem(fileSystem, flaw)
    }
}

extension CrashScene {
    var ledger: CrashLedger { contents.withLock { $0.ledger } }
    var moments: [Moment] { contents.withLock { $0.moments } }
    var notices: [StorageNotice] { contents.withLock { $0.notices } }
    /// What did not go as it should, or was made to fail.
    var failures: [String] { contents.withLock { $0.failures } }

    /// The store of the process that runs now.
    var store: RecordingStore {
        contents.withLock { contents in
            if let store = contents.store { return store }
            let store = RecordingStore(store: newStore()) { [weak self] in self?.record($0) }
            contents.store = store
            return store
        }
    }

    private func newStore() -> JournalStore {
        JournalStore(
            directory: Self.directory,
            fileSystem: port,
            processID: 42,
            limits: habits.limits,
            gathering: CacheGathering(window: .milliseconds(100)) { _, _ in },
            report: { [weak self] notice in self?.contents.withLock { $0.notices.append(notice) } }
        )
    }

    /// Ends the process; the next command is one of another.
    func restart() {
        // The store brings cache files up to date as it goes, which must not be under our lock.
        _ = contents.withLock { contents in
            defer { contents.store = nil }
            return contents.store
        }
    }

    /// What time it is; a second later each time.
    func now() -> Timestamp {
        contents.withLock { contents in
            if !habits.gathers { contents.now = contents.now + .seconds(1) }
            return contents.now
        }
    }

    func fail(_ what: String) { contents.withLock { $0.failures.append(what) } }

    func record(_ change: (inout CrashLedger) -> Void) {
        contents.withLock { change(&$0.ledger) }
    }

    /// Remembers every moment from now on.
    func watch() {
        fileSystem.observe { [weak self] disk in self?.remember(disk) }
    }

    /// Remembers the moment after the last command, and no more.
    func endWatch() throws {
        fileSystem.observe(nil)
        try fileSystem.synchronized { () throws(FileSystemError) in remember(fileSystem.disk) }
    }

    private func remember(_ disk: SimulatedDisk) {
        let stored = server.stored(.sample)
        contents.withLock { contents in
            contents.moments.append(Moment(disk: disk, ledger: contents.ledger, stored: stored))
        }
    }
}
