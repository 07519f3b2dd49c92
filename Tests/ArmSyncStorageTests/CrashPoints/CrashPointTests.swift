import DiskSimulation
import Foundation
import SeededRandom
import Synchronization
import Testing

/// Crashes after every single thing that commands do to the disk.
@Suite struct CrashPointTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["ARM_SYNC_CRASH_SEED"].flatMap { UInt64($0) } ?? 1
    private static let sampling =
        environment["ARM_SYNC_CRASH_DISKS"].flatMap { Int($0) }
        .map { CrashSampling(disks: $0, contents: $0, rarity: 24) } ?? .brief

    @Test func `whatever a crash leaves holds all that was promised and can be gone on from`()
        async throws
    {
        var enumeration = CrashEnumeration(Self.sampling, seed: Self.seed)
        for story in CrashStory.all { try await enumeration.run(story, stoppingAfter: 20) }
        print(
            "Crashes: \(CrashStory.all.count) stories, \(enumeration.moments) moments, "
                + "\(enumeration.tried) crashes, \(enumeration.disks.count) different disks, "
                + "seed \(Self.seed)"
        )
        let complaints = enumeration.complaints.joined(separator: "\n")
        #expect(enumeration.complaints.isEmpty, "seed \(Self.seed)\n\(complaints)")
    }

    @Test(arguments: DiskFlaw.allCases)
    func `a store that makes a mistake is found out`(_ flaw: DiskFlaw) async throws {
        var enumeration = CrashEnumeration(.brief, seed: Self.seed, flaw: flaw)
        for story in CrashStory.all.reversed() where enumeration.complaints.isEmpty {
            try await enumeration.run(story, stoppingAfter: 1)
        }
        #expect(!enumeration.complaints.isEmpty, "seed \(Self.seed)")
    }
}
