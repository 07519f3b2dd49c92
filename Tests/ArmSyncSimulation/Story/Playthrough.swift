import ArmProtocol
import ArmSync
import ArmSyncStorage
import DiskSimulation
import Foundation
import JSONDocument
import SeededRandom
import Synchronization

/// A story that is played: the stations, the server, the people and what they were promised.
final class Playthrough: Sendable {
    let time = VirtualTime()
    let account: Account
    let server: SimulatedServer
    let stations: [SimulatedStation]
    private let story: Story
    private let random: Mutex<SeededGenerator>
    /// What a rival without arm-sync read, and will change and write back.
    private let readByRival = Mutex<JSONValue?>(nil)
    private let isOver = Mutex(false)

    init(
        _ story: Story,
        making mistake: Mistake? = nil,
        narrator: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.story = story
        let time = time
        let account = Account(narrator: narrator)
        self.account = account
        server = SimulatedServer(account)
        stations = try (0..<story.stations).map {
            try SimulatedStation($0, time, account, mistake, hasDisk: story.hasDisks)
        }
        random = Mutex(SeededGenerator(seed: story.seed))
    }

    func play() {
        if !story.isEmpty {
            server.store(.document(.untouched, .json), at: 0)
            for spot in Spot.allCases where JSONValue.untouched[spot] != nil {
                account.noteWriter(nil, at: spot)
            }
        }
        time.run { [self] in
            for step in story.steps {
                take(step)
                if case .wait(let seconds) = step { await time.sleep(Int64(seconds) * 1000) }
                await time.sleep(500)
                if !account.complaints.isEmpty { break }
            }
            if account.complaints.isEmpty { await settle() }
            isOver.withLock { $0 = true }
        }
        if !isOver.withLock({ $0 }) { account.complain("something waits for ever") }
    }

    private func take(_ step: Story.Step) {
        account.narrate { "\(time.now): \(step.literal)" }
        switch step {
        case .edit(let station, let spot, let kind, let effects):
            stations[station].edit(spot, kind, dyingAfter: effects)
        case .sync(let station, let plan):
            let (station, server) = (stations[station], server)
            time.begin { await station.sync(plan, with: server) }
        case .decide(let station, let seed): stations[station].decide(all: false, choosing: seed)
        case .discard(let station): stations[station].discard()
        case .undo(let station): stations[station].undo()
        case .retry(let station): stations[station].retry()
        case .wait: break
        case .rivalReads: readByRival.withLock { $0 = server.stored.value ?? [:] }
        case .rivalWrites(let spot, let removes): writeByRival(spot, removes: removes)
        case .rivalEmpties:
            let stored = server.stored.value
            for spot in Spot.allCases { noteRival(at: spot, removes: true, over: stored) }
            server.store(.absent, at: time.now)
        case .kill(let station):
            stations[station].killAll()
            stations[station].look()
        case .powerCut(let station, let seed): stations[station].cutPower(choosing: seed)
        case .clock(let station, let hours): stations[station].moveClock(by: hours)
        case .diskError(let station, let error, let calls):
            stations[station].fileSystem?.fail(error, after: calls)
        }
    }

    private func writeByRival(_ spot: Spot, removes: Bool) {
        let taken = readByRival.withLock { read in
            defer { read = nil }
            return read
        }
        guard let read = taken else { return }
        let removes = removes && read[spot] != nil
        let number = noteRival(at: spot, removes: removes, over: read)
        let value = removes ? nil : JSONValue.number(JSONNumber(number))
        server.store(.document(read.setting(spot, to: value), .json), at: time.now)
    }

    @discardableResult
    private func noteRival(at spot: Spot, removes: Bool, over read: JSONValue?) -> Int {
        account.noteWriter(nil, at: spot)
        return account.keep { claims in
            defer { claims.write(at: spot, over: read) }
            return claims.nextNumber(at: spot, removes: removes)
        }
    }
}

// MARK: The end

extension Playthrough {
    /// Longer than anything is on its way.
    private static let longEnough: Int64 = 600_000
    private static let roundLimit = 60

    /// Without faults, with all that was late arrived and every conflict decided, all have to agree.
    private func settle() async {
        await time.sleep(Self.longEnough)
        for station in stations { station.fileSystem?.heal() }
        var plan = Story.SyncPlan()
        plan.isUnattended = story.seed.isMultiple(of: 2)
        for round in 0..<Self.roundLimit {
            for station in stations {
                station.decide(all: true, choosing: random.withLock { $0.next() })
                await station.sync(plan, with: server)
            }
            if stations.allSatisfy(isSettled) { return await checkEnd(after: round) }
            // No wait is longer.
            if plan.isUnattended { await time.sleep(3_600_000) }
        }
        account.complain("the stations do not agree in the end")
    }

    private func checkEnd(after round: Int) async {
        for claim in account.lost(in: server.stored.value) {
            account.complain(
                "edit \(claim.number) of station \(claim.station) at \(claim.spot) is lost"
            )
        }
        for station in stations {
            let before = station.promised.sequence
            await station.sync(Story.SyncPlan(), with: server)
            let after = station.promised.sequence
            if after > before + 1 { account.complain("station \(station.index) goes on writing") }
        }
    }

    /// Whether a station holds what the server holds and has nothing more to say.
    private func isSettled(_ station: SimulatedStation) -> Bool {
        let state = station.promised
        if state.isUnsettled || state.pendingEdits > 0 { return false }
        return server.stored.value ?? [:] == state.local?.value ?? [:]
    }
}

extension SimulatedFileSystem {
    func fail(_ error: Story.DiskError, after calls: Int) {
        switch error {
        case .writeFull: fail(.write, after: calls, with: ENOSPC)
        case .writeFailed: fail(.write, after: calls, with: EIO)
        case .writeShort: shortenWrite()
        case .syncFailed: fail(.sync, after: calls, with: EIO)
        case .renameFailed: fail(.rename, after: calls, with: EIO)
        case .truncateFailed: fail(.truncate, after: calls, with: EIO)
        case .openFailed: fail(.open, after: calls, with: EMFILE)
        case .readOnly: fail(.makeDirectory, after: calls, with: EROFS)
        case .directorySyncFailed: fail(.syncDirectory, after: calls, with: EIO)
        }
    }
}
