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
        // A value that was changed once more on its way back came back as it had been first.
        Story(
            stations: 3,
            isEmpty: true,
            seed: 7195304176326733717,
            steps: [
                .edit(0, .c, .value, diesAfter: nil),
                .edit(2, .b, .value, diesAfter: nil),
                .sync(0, Story.SyncPlan(passages: [Passage(), Passage(delay: 2500)])),
                .sync(1, Story.SyncPlan(passages: [Passage(delay: 2500), Passage(delay: 800)])),
                .sync(2, Story.SyncPlan(passages: [Passage(), Passage(delay: 2500)])),
                .edit(0, .c, .value, diesAfter: nil),
                .edit(1, .a, .value, diesAfter: nil),
            ]
        ),
        // A list that was saved whole was no longer watched once somebody else had added to it.
        Story(
            stations: 2,
            isEmpty: true,
            seed: 9809372419828603341,
            steps: [
                .edit(0, .three, .value, diesAfter: nil),
                .edit(1, .one, .value, diesAfter: nil),
                .rivalReads,
                .sync(1, Story.SyncPlan()),
                .sync(0, Story.SyncPlan()),
                .sync(1, Story.SyncPlan()),
                .rivalWrites(.two, removes: false),
            ]
        ),
        // A record whose sync had failed was cut off, and a power cut brought it back behind what was
        // promised since.
        Story(
            stations: 1,
            hasDisks: true,
            seed: 11241884641169111990,
            steps: [
                .diskError(0, .syncFailed, after: 0),
                .sync(0, Story.SyncPlan()),
                .undo(0),
                .powerCut(0, seed: 4146077293111925003),
            ]
        ),
        // A save of ours that arrived late stood against the document that had been imported since.
        Story(
            stations: 1,
            isEmpty: true,
            seed: 4225736681398431921,
            steps: [
                .edit(0, .c, .value, diesAfter: nil),
                .sync(
                    0,
                    Story.SyncPlan(passages: [Passage(), Passage(fault: .late(seconds: 45))])
                ),
                .powerCut(0, seed: 7465088157439465539),
                .sync(
                    0,
                    Story.SyncPlan(passages: [Passage(delay: 2500), Passage(fault: .requestLost)])
                ),
                .edit(0, .two, .replacement, diesAfter: nil),
            ]
        ),
    ])
    func `what went wrong once goes well`(_ story: Story) throws {
        #expect(try Playthrough.complaints(about: story).isEmpty)
    }
}
