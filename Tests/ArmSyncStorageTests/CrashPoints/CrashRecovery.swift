import DiskSimulation
import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument

@testable import ArmSyncStorage

/// The station after a crash: what has to hold of what is left, and of going on from there.
struct CrashRecovery {
    enum Crash: Sendable {
        /// The process died; the system has everything in memory still.
        case kill
        case powerCut
    }

    let crash: Crash
    /// Whether power was cut now, or before the process was killed.
    let hadPowerCut: Bool
    let habits: CrashScene.Habits
    let scene: CrashScene
    private(set) var complaints: [String] = []

    init(
        _ disk: SimulatedDisk,
        _ moment: CrashScene.Moment,
        _ crash: Crash,
        after earlier: CrashRecovery?,
        _ habits: CrashScene.Habits
    ) {
        self.crash = crash
        hadPowerCut = crash == .powerCut || earlier?.hadPowerCut ?? false
        var habits = habits
        habits.gathers = false
        self.habits = habits
        scene = CrashScene(disk, moment.ledger, moment.stored, habits)
    }

    /// What a repair makes of what can be saved.
    static func repaired(_ survey: JournalSurvey) -> DocumentState {
        var state = survey.isComplete ? survey.state : survey.state.mistrusted
        state.sequence = max(survey.highestSequence, survey.state.sequence) + 1
        return state
    }
}

extension CrashRecovery {
    /// Looks, goes on, and looks again.
    mutating func run(syncsFirst: Bool, syncsLast: Bool) async {
        scene.watch()
        guard var state = findState() else { return }
        if syncsFirst { state = await sync(state) }
        state = edit(state)
        if syncsLast { state = await sync(state) }
        scene.restart()
        checkFiles(state)
        if syncsLast, (try? scene.store.store.history(of: .sample)) == nil {
            complain("the log is unreadable")
        }
        for failure in scene.failures { complain(failure) }
        try? scene.endWatch()
    }

    private mutating func complain(_ what: String) { complaints.append(what) }

    /// What is there before anybody writes: nothing that was promised is missing.
    private mutating func findState() -> DocumentState? {
        let ledger = scene.ledger
        do {
            let state = try scene.store.state(of: .sample)
            guard ledger.allows(state) else {
                complain(
                    "found \(Self.summary(state)), promised \(Self.summary(ledger.acknowledged))"
                        + ledger.underway.map { ", begun \(Self.summary($0))" }.joined()
                )
                return nil
            }
            if state.sequence > 0, try scene.store.keys() != [.sample] {
                complain("the document is not listed")
            }
            if crash == .powerCut { scene.record { $0.acknowledge(state) } }
            return state
        } catch {
            guard let damaged = ledger.damaged, bytes(CrashScene.journal) == damaged else {
                complain("unreadable: \(error)")
                return nil
            }
            scene.repair()
            return try? scene.store.state(of: .sample)
        }
    }

    /// One more edit: taken, and nothing else changes.
    private mutating func edit(_ before: DocumentState) -> DocumentState {
        scene.set("after", true)
        guard let after = state("after an edit") else { return before }
        var expected = before.editable.object
        expected?["after"] = true
        if after.local?.value.object != expected || after.base != before.base
            || after.remote != before.remote || after.sent != before.sent
        {
            complain("an edit made \(Self.summary(after)) of \(Self.summary(before))")
        }
        // A power cut may leave a part of a cache file of some edits ago: that is put aside.
        for notice in scene.notices
        where notice.kind == .cacheNotWritten
            || notice.kind == .cacheChanged && !(hadPowerCut && keptOnlyParts)
        {
            complain("said: \(notice.message)")
        }
        return after
    }

    /// The server gets what waits here, and nothing is lost on the way.
    private mutating func sync(_ before: DocumentState) async -> DocumentState {
        let report = await scene.sync()
        guard let after = state("after a sync") else { return before }
        for unseen in scene.server.unseenSaves { complain("saved unseen: \(unseen)") }
        for member in before.local?.value.object ?? JSONObject()
        where before.base.content?.value[member.name] != member.value
            && after.local?.value[member.name] != member.value
        {
            complain("a sync lost \(member.name)")
        }
        if case .held = report?.result { return after }
        let stored = scene.server.stored(.sample)
        let expected = after.local.map { UserData.document($0.value, $0.form) } ?? .absent
        if stored != expected || after.isUnsettled {
            complain(
                "not settled by a sync that ended as \(report.map { "\($0.result)" } ?? "none")"
            )
        }
        return after
    }

    private mutating func state(_ when: String) -> DocumentState? {
        do {
            return try scene.store.state(of: .sample)
        } catch {
            complain("unreadable \(when): \(error)")
            return nil
        }
    }

    /// The cache file follows, no NUL is left in the journal, and nothing whole was torn off.
    private mutating func checkFiles(_ state: DocumentState) {
        if bytes(CrashScene.cache) != state.local?.cacheBytes {
            let found = bytes(CrashScene.cache).map { String(decoding: $0, as: UTF8.self) }
            complain("the cache holds \(found ?? "nothing")")
        }
        let journal = bytes(CrashScene.journal) ?? []
        if journal.contains(0) { complain("NULs in the journal") }
        let names = (try? scene.fileSystem.names(in: CrashScene.folder)) ?? []
        for name in names where name.hasPrefix("journal.torn-") {
            let torn = bytes("\(CrashScene.folder)/\(name)") ?? []
            // The last part has no newline, so nobody was ever told that it is stored.
            let lines = torn.split(separator: JournalLine.newline, omittingEmptySubsequences: false)
            if lines.dropLast().contains(where: JournalLine.isIntact) {
                complain("a whole record was torn off")
            }
        }
    }

    /// Whether no cache file was put aside that is a whole document, as only we or somebody else write.
    private var keptOnlyParts: Bool {
        let names = (try? scene.fileSystem.names(in: CrashScene.folder)) ?? []
        return names.filter { $0.hasPrefix("user_data.json.changed-") }.allSatisfy { name in
            let kept = bytes("\(CrashScene.folder)/\(name)") ?? []
            return kept.last != JournalLine.newline || (try? JSONValue(parsing: kept)) == nil
        }
    }

    private func bytes(_ path: String) -> [UInt8]? {
        (try? scene.fileSystem.contents(of: path)) ?? nil
    }

    private static func summary(_ state: DocumentState) -> String {
        let local = state.localText.map { $0.prefix(120) } ?? "nothing"
        return "record \(state.sequence), \(local), \(state.pendingEdits) pending"
            + (state.sent == nil ? "" : ", sent")
    }
}
