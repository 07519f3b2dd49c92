import ArmProtocol
import ArmSync
import ArmSyncStorage
import ArmSyncTestKit
import DiskSimulation
import JSONDocument
import Synchronization

/// What people and programs do at the station. What fails is noted, and the next command goes on.
extension CrashScene {
    func update(_ decide: (DocumentState) throws -> Record?) {
        do {
            try store.update(.sample, at: now(), decide: decide)
        } catch {
            fail("an update: \(error)")
        }
    }

    func set(_ name: String, _ value: JSONValue) { update { _ in .setting(name, value) } }

    /// Edits, each in a process of its own or all in one.
    func set(_ numbers: ClosedRange<Int>, restarts: Bool = false) {
        for number in numbers {
            set("n\(number)", JSONValue(integerLiteral: number))
            if restarts { restart() }
        }
    }

    /// Replaces the whole document, as an import does.
    func replace(by value: JSONValue) {
        update { state in
            try state.editing(
                to: value,
                author: "test",
                form: .json,
                allowsEmpty: false,
                replaces: true
            )
        }
    }

    func clear() { update { try $0.clearing(author: "test", form: .json) } }

    func undo() { update { try $0.undoing(author: "test", by: MergeRules()) } }

    func discard(_ name: String? = nil) {
        let place = JSONPointer(tokens: name.map { [JSONString($0)] } ?? [])
        update { try $0.discarding(at: place) }
    }

    func resolve(_ side: Side) {
        update { try $0.resolving(side, author: "test", at: .noon) }
    }

    /// Somebody without arm-sync changes a member of the server's document.
    func rival(_ name: String, _ value: JSONValue) {
        guard case .document(let document, let form) = server.stored(.sample),
            case .object(var object) = document
        else { return fail("a rival found no document") }
        object[JSONString(name)] = value
        server.write(.document(.object(object), form), to: .sample)
    }

    /// One run of the engine, whose requests fail as told, one after the other.
    @discardableResult
    func sync(_ faults: ModelServer.Fault?...) async -> SyncReport? {
        let left = Mutex(faults[...])
        let server = server
        let transport = ScriptedTransport { request, _ in
            server.exchange(request, fault: left.withLock { $0.popFirst() } ?? nil)
        }
        var settings = SyncSettings()
        settings.binding = Station.binding
        let store = store
        let engine = SyncEngine(
            store: store,
            transport: transport,
            settings: settings,
            binding: Station.binding,
            now: { self.now() },
            chance: { 1 }
        )
        var report: SyncReport?
        do {
            let lock = try store.lockSync()
            defer { lock.unlock() }
            try await engine.run([.sample], mode: SyncMode()) { report = $0 }
        } catch {
            fail("a sync: \(error)")
        }
        if case .storeFailed(let error) = report?.result { fail("a sync: \(error)") }
        return report
    }

    /// Turns a bit in the middle of a line, counted from 1.
    func damage(line: Int) {
        restart()
        var damaged: [UInt8] = []
        fileSystem.rewrite(Self.journal) { bytes in
            let lines = bytes.split(separator: 10)
            guard line <= lines.count else { return }
            bytes[(lines[line - 1].startIndex + lines[line - 1].endIndex) / 2] ^= 1
            damaged = bytes
        }
        record { $0.damage(damaged) }
    }

    func repair() {
        do {
            guard let survey = try store.store.survey(.sample) else {
                return fail("nothing to repair")
            }
            let expected = CrashRecovery.repaired(survey)
            record { $0.begin(expected) }
            let repair = try store.store.repair(.sample, as: survey, at: now())
            record { $0.acknowledge(repair.state) }
        } catch {
            fail("a repair: \(error)")
        }
    }
}
