import Testing

@testable import ArmSyncSimulation

/// Random histories of everything in one process, and what they are worth.
@Suite struct SimulationTests {
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `no history loses an accepted edit, and all agree in the end`(batch: UInt64) throws {
        for seed in batch * 100..<(batch + 1) * 100 {
            let complaints = try Playthrough.complaints(about: Story(random: seed))
            #expect(complaints.isEmpty, "seed \(seed)")
        }
    }

    @Test func `a history that goes wrong is made short, and is wrong still`() throws {
        let finding = try #require(try Finding.first(from: 1, to: 300, making: .noWatch))
        let (story, complaints) = finding.shrunk
        #expect(story.steps.count < finding.story.steps.count, "seed \(finding.seed)")
        let again = try Playthrough.complaints(about: story, making: .noWatch)
        #expect(again == complaints && !again.isEmpty, "seed \(finding.seed)")
    }

    @Test func `a seed tells the same history each time`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let tellings = try (0..<2).map { _ in try Playthrough.telling(of: Story(random: seed)) }
            #expect(tellings[0] == tellings[1] && !tellings[0].isEmpty, "seed \(seed)")
        }
    }

    @Test func `a story is printed as it is written in a test`() {
        let story = Story(
            stations: 2,
            hasDisks: true,
            seed: 7,
            steps: [
                .edit(0, .one, .removal, diesAfter: 3),
                .sync(1, Story.SyncPlan(passages: [Passage(delay: 20, fault: .late(seconds: 31))])),
                .diskError(0, .syncFailed, after: 1),
                .rivalWrites(.c, removes: false),
            ]
        )
        #expect(
            story.description == """
                Story(
                    stations: 2, hasDisks: true,
                    seed: 7,
                    steps: [
                        .edit(0, .one, .removal, diesAfter: 3),
                        .sync(1, Story.SyncPlan(passages: [Passage(delay: 20, fault: .late(seconds: 31))])),
                        .diskError(0, .syncFailed, after: 1),
                        .rivalWrites(.c, removes: false),
                    ]
                )
                """
        )
    }
}
