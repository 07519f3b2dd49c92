import ArmProtocol
import ArmSync
import ArmSyncTestKit
import SeededRandom
import Testing

/// Once per cause, and once when it is over.
@Suite struct AnnouncingTests {
    typealias Identity = Announcement.Identity

    private static let conflict = Identity(document: .test, cause: "conflict")
    private static let offline = Identity(cause: "unreachable")
    private static let noon = Timestamp(milliseconds: 1_795_341_600_000)

    /// A run at a minute, what it finds, and what it says.
    struct Run: Sendable {
        var minute: Int
        var findings: [Finding] = []
        var newly: [Identity] = []
        var over: [Identity] = []
    }

    private static func after(_ minutes: Int) -> Timestamp { noon + .seconds(minutes * 60) }

    private static func decided(since minute: Int) -> Finding {
        Finding(conflict, since: after(minute), patience: .zero)
    }

    private static func failing(since minute: Int) -> Finding {
        Finding(offline, since: after(minute), patience: .seconds(3600))
    }

    static let stories: [(name: String, runs: [Run])] = [
        (
            "a person is told at once, once, and once more when it is over",
            [
                Run(minute: 0, findings: [decided(since: 0)], newly: [conflict]),
                Run(minute: 1, findings: [decided(since: 1)]),
                Run(minute: 2, over: [conflict]),
                Run(minute: 3),
                Run(minute: 4, findings: [decided(since: 4)], newly: [conflict]),
            ]
        ),
        (
            "what passes in time is never mentioned",
            [
                Run(minute: 0, findings: [failing(since: 0)]),
                Run(minute: 59, findings: [failing(since: 0)]),
                Run(minute: 60),
                Run(minute: 61, findings: [failing(since: 61)]),
                Run(minute: 120, findings: [failing(since: 61)]),
            ]
        ),
        (
            "what lasts is said when its time has come, however it fails meanwhile",
            [
                Run(minute: 0, findings: [failing(since: 0)]),
                Run(minute: 30, findings: [failing(since: 30)]),
                Run(minute: 60, findings: [failing(since: 60)], newly: [offline]),
                Run(minute: 61, findings: [failing(since: 61)]),
                Run(minute: 90, over: [offline]),
            ]
        ),
        (
            "what needs a person and is retried is not over",
            [
                Run(
                    minute: 0,
                    findings: [Finding(offline, since: after(0), patience: .zero)],
                    newly: [offline]
                ),
                Run(minute: 1, findings: [failing(since: 1)]),
                Run(minute: 2, findings: [Finding(offline, since: after(0), patience: .zero)]),
                Run(minute: 3, over: [offline]),
            ]
        ),
        (
            "a clock set back neither says anything early nor twice",
            [
                Run(minute: 90, findings: [failing(since: 90)]),
                Run(minute: 10, findings: [failing(since: 90)]),
                Run(minute: 69, findings: [failing(since: 90)]),
                Run(minute: 70, findings: [failing(since: 90)], newly: [offline]),
                Run(minute: 5, findings: [failing(since: 90)]),
                Run(minute: 6, over: [offline]),
            ]
        ),
    ]

    @Test(arguments: stories.indices)
    func `a story of runs`(story: Int) {
        var remembered: [Announcement] = []
        let (name, runs) = Self.stories[story]
        for run in runs {
            let result = Announcing(
                before: remembered,
                findings: run.findings,
                at: Self.after(run.minute)
            )
            #expect(result.newly.map(\.identity) == run.newly, "\(name), minute \(run.minute)")
            #expect(result.over.map(\.identity) == run.over, "\(name), minute \(run.minute)")
            remembered = result.after
        }
    }

    @Test(arguments: 0..<200)
    func `nothing is said twice, and what was said is ended by one word`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let identities = ["1", "2", "3"].flatMap { agent in
            ["conflict", "refused"].map {
                Identity(document: DocumentKey(application: "a", agent: agent), cause: $0)
            }
        }
        var remembered: [Announcement] = []
        var open: Set<Identity> = []
        var now = Self.noon
        for _ in 0..<60 {
            now = now + .seconds(random.below(1200) - 60)
            let found = identities.filter { _ in !random.oneIn(3) }
            let findings = found.map { identity in
                let patience = random.pick(Duration.zero, .seconds(600), .seconds(3600))
                let since = now + .seconds(60 - random.below(4000))
                return Finding(identity, since: since, patience: patience)
            }
            let result = Announcing(before: remembered, findings: findings, at: now)
            for said in result.newly {
                #expect(open.insert(said.identity).inserted, "seed \(seed)")
                #expect(said.since <= now, "seed \(seed)")
            }
            for ended in result.over {
                #expect(open.remove(ended.identity) != nil, "seed \(seed)")
                #expect(!found.contains(ended.identity), "seed \(seed)")
            }
            // Whatever was said and is no longer there has been ended.
            #expect(open.isSubset(of: found), "seed \(seed)")
            #expect(Set(result.after.map(\.identity)) == Set(found), "seed \(seed)")
            #expect(Set(result.after.filter(\.isSaid).map(\.identity)) == open, "seed \(seed)")
            // Whoever asks again at once is told nothing.
            let again = Announcing(before: result.after, findings: findings, at: now)
            #expect(again.newly.isEmpty && again.over.isEmpty, "seed \(seed)")
            #expect(again.after == result.after, "seed \(seed)")
            remembered = result.after
        }
    }

    @Test func `another server in the configuration forgets the trouble, not what was said`()
        async throws
    {
        let station = Station()
        let said = Announcement(Self.conflict, since: Self.noon, isSaid: true)
        let elsewhere = Binding(server: "http://elsewhere:8086", domain: "biysk.local")
        try station.store.remember(ServerStanding(binding: elsewhere, announced: [said]))
        _ = try await station.sync(over: .to(ModelServer()))
        #expect(station.store.serverStanding().binding == Station.binding)
        #expect(station.store.serverStanding().announced == [said])
    }

    @Test func `what is lost is said once more`() {
        let findings = [Self.decided(since: 0)]
        #expect(Announcing(before: [], findings: findings, at: Self.noon).newly.count == 1)
        #expect(Announcing(before: [], findings: findings, at: Self.after(1)).newly.count == 1)
    }
}
