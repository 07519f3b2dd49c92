import Testing

@testable import ArmSyncSimulation

/// Histories that once went wrong, as short as they could be made.
@Suite struct FoundStoryTests {
    @Test(arguments: [
        // An element that was sent with its list, and removed before anybody knew whether it had
        // arrived, came back with a rival's list.
        Story(
            stations: 2,
            isEmpty: true,
            seed: 1_457_544_992_738_189_041,
            steps: [
                .sync(
                    1,
                    Story.SyncPlan(passages: [
                        Passage(delay: 800), Passage(fault: .late(seconds: 1)),
                    ])
                ),
                .edit(1, .one, .value, diesAfter: nil),
                .edit(0, .three, .value, diesAfter: nil),
                .sync(0, Story.SyncPlan()),
                .edit(1, .one, .removal, diesAfter: nil),
            ]
        ),
        // What another station had removed on purpose was brought back by the one that had added
        // it, because that had not looked for longer than anybody can have been late.
        Story(
            stations: 4,
            seed: 6_269_068_190_644_564_645,
            steps: [
                .edit(1, .two, .value, diesAfter: nil),
                .sync(0, Story.SyncPlan(passages: [Passage(delay: 800)])),
                .sync(1, Story.SyncPlan(passages: [Passage(delay: 20)])),
                .edit(3, .b, .value, diesAfter: nil),
                .sync(2, Story.SyncPlan()),
                .edit(0, .two, .removal, diesAfter: nil),
                .edit(3, .a, .replacement, diesAfter: nil),
                .sync(0, Story.SyncPlan()),
            ]
        ),
    ])
    func `what went wrong once goes well`(_ story: Story) throws {
        #expect(try Playthrough.complaints(about: story).isEmpty)
    }
}
