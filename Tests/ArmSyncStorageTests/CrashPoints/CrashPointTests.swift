import Foundation
import SeededRandom
import Synchronization
import Testing

/// Crashes after every single thing that commands do to the disk.
@Suite struct CrashPointTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["ARM_SYNC_CRASH_SEED"].flatMap { UInt64($0) } ?? 1
    private static let only = environment["ARM_SYNC_CRASH_STORY"]
    private static let sampling =
        environment["ARM_SYNC_CRASH_DISKS"].flatMap { Int($0) }
        .map { CrashSampling(disks: $0, contents: $0, rarity: 3) } ?? .brief

    @Test func `whatever a crash leaves holds all that was promised and can be gone on from`()
        async throws
    {
        var disks: Set<Int> = []
        var (tried, moments) = (0, 0)
        for story in CrashStory.all where Self.only.map(story.name.contains) ?? true {
            var enumeration = CrashEnumeration(story, Self.sampling, seed: Self.seed)
            try await enumeration.run()
            disks.formUnion(enumeration.disks)
            tried += enumeration.tried
            moments += enumeration.moments
            let complaints = enumeration.complaints.joined(separator: "\n")
            #expect(enumeration.complaints.isEmpty, "seed \(Self.seed)\n\(complaints)")
        }
        print(
            "Crashes: \(CrashStory.all.count) stories, \(moments) moments, \(tried) crashes tried, "
                + "\(disks.count) different disks, seed \(Self.seed)"
        )
    }

    @Test(arguments: DiskFlaw.allCases)
    func `a store that makes a mistake is found out`(_ flaw: DiskFlaw) async throws {
        var complaints: [String] = []
        for story in CrashStory.all where complaints.isEmpty {
            var enumeration = CrashEnumeration(story, .brief, seed: 1, flaw: flaw)
            try await enumeration.run(stoppingAfter: 1)
            complaints += enumeration.complaints
        }
        #expect(!complaints.isEmpty)
        print("\(flaw): \(complaints.first ?? "")")
    }
}
