import Testing

@testable import ArmSyncSimulation

/// What arm-sync could do wrong is done wrong on purpose, one thing at a time, and found out.
@Suite struct MistakeTests {
    @Test(arguments: Mistake.allCases)
    func `each mistake is found out by a history that goes well without it`(
        _ mistake: Mistake
    ) throws {
        let story = story(of: mistake)
        #expect(try Playthrough.complaints(about: story).isEmpty)
        #expect(try !Playthrough.complaints(about: story, making: mistake).isEmpty)
    }

    private func story(of mistake: Mistake) -> Story {
        switch mistake {
        case .skipSync:
            // Whatever is lost of what was not synced, one of the cuts loses the record.
            Story(
                stations: 1,
                hasDisks: true,
                steps: (0..<8).flatMap { seed -> [Story.Step] in
                    [.edit(0, .a, .value, diesAfter: nil), .powerCut(0, seed: seed)]
                }
            )
        case .trustAfterFailedSync:
            Story(
                stations: 1,
                hasDisks: true,
                steps: (0..<8).flatMap { seed -> [Story.Step] in
                    [
                        .edit(0, .b, .value, diesAfter: nil),
                        .diskError(0, .syncFailed, after: 0),
                        .edit(0, .a, .value, diesAfter: nil),
                        .powerCut(0, seed: seed),
                    ]
                }
            )
        case .noCut:
            Story(
                stations: 1,
                hasDisks: true,
                steps: [
                    .edit(0, .a, .value, diesAfter: nil),
                    .diskError(0, .writeShort, after: 0),
                    .diskError(0, .writeFull, after: 0),
                    .edit(0, .b, .value, diesAfter: nil),
                    .edit(0, .c, .value, diesAfter: nil),
                    .edit(0, .a, .value, diesAfter: nil),
                ]
            )
        case .forgetSending, .snapshotWithoutSent, .forgetBase:
            Story(
                stations: 1,
                steps: [
                    .edit(0, .c, .value, diesAfter: nil),
                    .sync(0, Story.SyncPlan(passages: [Passage(), Passage(fault: .answerLost)])),
                    .edit(0, .c, .value, diesAfter: nil),
                ]
            )
        case .dropEditDuringSave:
            Story(
                stations: 1,
                steps: [
                    .sync(0, Story.SyncPlan()),
                    .edit(0, .b, .value, diesAfter: nil),
                    .sync(0, Story.SyncPlan(passages: [Passage(delay: 200)])),
                    .edit(0, .c, .value, diesAfter: nil),
                ]
            )
        case .noWatch, .alwaysBringBack:
            Story(
                stations: 3,
                isEmpty: true,
                seed: 15_602_033_110_444_807_076,
                steps: [
                    .edit(2, .two, .value, diesAfter: nil),
                    .sync(1, Story.SyncPlan(passages: [Passage(delay: 2500)])),
                    .sync(1, Story.SyncPlan()),
                    .retry(2),
                    .edit(1, .c, .value, diesAfter: nil),
                    .edit(1, .three, .value, diesAfter: nil),
                    .sync(2, Story.SyncPlan()),
                ]
            )
        }
    }
}
