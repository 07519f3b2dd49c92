import ArmProtocol
import ArmSync
import ArmSyncStorage
import ArmSyncTestKit
import DiskSimulation
import JSONDocument
import SeededRandom
import Synchronization

/// A workstation: its disk, its clock, the processes that run on it, and what they were promised.
final class SimulatedStation: Sendable {
    static let key = DocumentKey(application: "hodor", agent: "102")
    static let binding = Binding(server: "http://switch:8086", domain: "biysk.local")
    private static let directory = "/home/state"
    /// What the clocks show when the simulation begins.
    private static let start = Timestamp(milliseconds: 1_790_000_000_000)

    private struct Contents {
        /// Nil where all is kept in memory.
        var fileSystem: SimulatedFileSystem?
        var ledger = CrashLedger()
        var clockError: Duration = .zero
        var processes: [SimulatedProcess] = []
    }

    let index: Int
    let time: VirtualTime
    let account: Account
    let mistake: Mistake?
    private let contents: Mutex<Contents>
    private let memory = InMemoryDocumentStore(rereads: false)

    init(
        _ index: Int,
        _ time: VirtualTime,
        _ account: Account,
        _ mistake: Mistake?,
        hasDisk: Bool
    ) throws {
        self.index = index
        self.time = time
        self.account = account
        self.mistake = mistake
        let fileSystem = hasDisk ? SimulatedFileSystem() : nil
        _ = try fileSystem?.makeDirectory("/home")
        try fileSystem?.syncDirectory("/")
        contents = Mutex(Contents(fileSystem: fileSystem))
    }

    /// What the station's clock shows.
    var now: Timestamp {
        Self.start + .milliseconds(time.now) + contents.withLock { $0.clockError }
    }

    /// The state as it was promised last.
    var promised: DocumentState { contents.withLock { $0.ledger.acknowledged } }

    var fileSystem: SimulatedFileSystem? { contents.withLock { $0.fileSystem } }

    func record(_ change: (inout CrashLedger) -> Void) {
        contents.withLock { change(&$0.ledger) }
    }

    /// Remembers what may be there after a crash, besides what was promised.
    func noteBegun(_ record: Record, over state: DocumentState, at time: Timestamp) {
        if fileSystem != nil { self.record { $0.begin(record, over: state, at: time) } }
    }

    /// Puts the clock forward or back.
    func moveClock(by hours: Int) {
        contents.withLock { $0.clockError += .seconds(hours * 3600) }
        if hours > 0 { account.clockPutForward(at: index) }
    }
}

// MARK: Processes

extension SimulatedStation {
    func startProcess(dyingAfter effects: Int? = nil) -> SimulatedProcess {
        contents.withLock { contents in
            contents.processes.removeAll { !$0.isAlive }
            let fileSystem = contents.fileSystem ?? SimulatedFileSystem()
            let process = SimulatedProcess(fileSystem, dyingAfter: effects)
            contents.processes.append(process)
            return process
        }
    }

    /// The store as a process has it.
    func store(of process: SimulatedProcess) -> AccountedStore {
        guard fileSystem != nil else {
            return AccountedStore(store: MortalStore(memory, process), station: self)
        }
        let port: any FileSystem =
            mistake?.diskFlaw.map { FlawedFileSystem(process, $0) } ?? process
        let store = JournalStore(
            directory: Self.directory,
            fileSystem: port,
            processID: 42,
            limits: JournalLimits(tail: 4 << 10, journal: 16 << 10),
            gathering: CacheGathering(window: .zero) { _, _ in },
            report: { _ in }
        )
        return AccountedStore(store: store, station: self)
    }

    /// Kills whatever runs.
    func killAll() {
        for process in contents.withLock({ $0.processes }) { process.kill() }
    }

    /// Cuts the power, and gives it back: the disk keeps what it is chosen to keep.
    func cutPower(choosing seed: UInt64) {
        killAll()
        var generator = SeededGenerator(seed: seed)
        let sampling = CrashSampling(disks: 6, contents: 4, rarity: 1)
        contents.withLock { contents in
            guard let disk = contents.fileSystem?.disk else { return }
            let remains = disk.remains(sampling, &generator)
            contents.fileSystem = SimulatedFileSystem(remains[generator.below(remains.count)])
        }
        look(hadPowerCut: true)
    }

    /// Looks at what is there: it has to be what was promised, or that and what was begun.
    func look(hadPowerCut: Bool = false) {
        let process = startProcess()
        defer { process.kill() }
        do {
            let state = try store(of: process).state(of: Self.key)
            let isAllowed = contents.withLock { contents in
                // Memory keeps everything; a record that was stored may not have been told of.
                let isMemory = contents.fileSystem == nil
                defer { if hadPowerCut || isMemory { contents.ledger.acknowledge(state) } }
                return isMemory || contents.ledger.allows(state)
            }
            guard isAllowed else {
                return account.complain("station \(index) found another state than promised")
            }
            // What a reader sees may still be lost with the power.
            if hadPowerCut { account.stationChanged(index, to: state, after: nil) }
        } catch  where error.code == .unreadable {
            account.complain("station \(index): \(error.message)")
        } catch {
            // An error of the disk that was armed came up: the next command will look.
        }
    }
}

// MARK: What its requests show

extension SimulatedStation {
    func noteRead(_ data: UserData) {
        let state = promised
        account.keep { claims in
            claims.agree(data.value, by: index) { spot in
                state.base.content?.value[spot] != nil && state.local?.value[spot] == nil
            }
        }
    }

    /// Nothing is sent that is not journalled as sent, and nothing over what was not read.
    func checkSaving(_ data: UserData, over read: UserData?) {
        let state = promised
        if state.sent?.content.value != data.value {
            account.complain("station \(index) sends what it has not noted as sent")
        }
        let base = state.base.content?.value
        if let read, read.value != base, !read.isNothing || base?.isNothing == false {
            account.complain("station \(index) sends over what it has not taken in")
        }
        if read == nil { account.complain("station \(index) sends without having read") }
        if read == data {
            account.complain("station \(index) says twice what the server holds")
        }
    }
}

extension UserData {
    fileprivate var isNothing: Bool { value?.isNothing ?? true }
}

extension JSONValue {
    fileprivate var isNothing: Bool { self == [:] }
}
