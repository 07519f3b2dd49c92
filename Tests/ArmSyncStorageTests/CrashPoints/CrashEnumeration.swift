import DiskSimulation
import ArmSync
import ArmSyncStorage
import SeededRandom

/// Crashes stories after every single thing they do to the disk, in as many ways as there is room
/// for, and what goes on from there once more.
struct CrashEnumeration {
    let sampling: CrashSampling
    let flaw: DiskFlaw?

    private(set) var moments = 0
    private(set) var tried = 0
    /// Digests of what was left on the disk.
    private(set) var disks: Set<Int> = []
    private(set) var complaints: [String] = []
    private var generator: SeededGenerator
    private var seen: Set<Visit> = []

    /// A disk with one and the same promise needs only one look, though many stories begin alike.
    private struct Visit: Hashable {
        var limits: JournalLimits
        var disk: Int
        var ledger: Int
        var isKill: Bool
    }

    init(_ sampling: CrashSampling, seed: UInt64, flaw: DiskFlaw? = nil) {
        self.sampling = sampling
        self.flaw = flaw
        generator = SeededGenerator(seed: seed)
    }
}

extension CrashEnumeration {
    /// - Parameter limit: complaints after which to stop.
    mutating func run(_ story: CrashStory, stoppingAfter limit: Int) async throws {
        var habits = story.habits
        habits.flaw = flaw
        let scene = try CrashScene(habits)
        scene.watch()
        await story.play(scene)
        try scene.endWatch()
        if flaw == nil, scene.failures.count != story.failures {
            complaints.append("\(story.name): \(scene.failures.count) failures: \(scene.failures)")
        }
        for (number, moment) in scene.moments.enumerated() where complaints.count < limit {
            await crash(moment, "\(story.name), after change \(number + 1)", habits)
        }
    }

    /// - Parameter earlier: the recovery that this moment is one of.
    private mutating func crash(
        _ moment: CrashScene.Moment,
        _ when: String,
        _ habits: CrashScene.Habits,
        during earlier: CrashRecovery? = nil
    ) async {
        moments += 1
        let sampling = earlier == nil ? sampling : sampling.second
        let disks = moment.disk.remains(sampling, &generator)
        for (choice, disk) in disks.enumerated() {
            let recovery = CrashRecovery(disk, moment, .powerCut, after: earlier, habits)
            await recover(recovery, disk, "\(when), choice \(choice)", isSecond: earlier != nil)
        }
        let recovery = CrashRecovery(moment.disk, moment, .kill, after: earlier, habits)
        await recover(recovery, moment.disk, "\(when), killed", isSecond: earlier != nil)
    }

    private mutating func recover(
        _ recovery: CrashRecovery,
        _ disk: SimulatedDisk,
        _ when: String,
        isSecond: Bool
    ) async {
        tried += 1
        let isKill = recovery.crash == .kill
        let visit = Visit(
            limits: recovery.habits.limits,
            disk: disk.digest,
            ledger: recovery.scene.ledger.digest,
            isKill: isKill
        )
        disks.insert(visit.disk)
        guard seen.insert(visit).inserted else { return }
        var recovery = recovery
        await recovery.run(
            syncsFirst: !isSecond && generator.oneIn(4),
            syncsLast: !isSecond && generator.oneIn(4)
        )
        for complaint in recovery.complaints {
            complaints.append("\(when): \(complaint)")
        }
        let rarity = sampling.rarity
        guard !isSecond, recovery.complaints.isEmpty,
            generator.oneIn(isKill ? rarity / 3 + 1 : rarity)
        else { return }
        for (number, moment) in recovery.scene.moments.enumerated()
        where generator.oneIn(rarity / 3 + 1) {
            let when = "\(when), then after change \(number + 1)"
            await crash(moment, when, recovery.habits, during: recovery)
        }
    }
}
