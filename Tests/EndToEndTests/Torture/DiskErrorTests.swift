import Testing

/// One of the two errors at each call that changes something on the disk.
@Suite("A disk that fails at a system call")
struct DiskErrorTests {
    @Test(
        "is told, and what was told done is there",
        .enabled(if: Privilege.canTrace, "needs strace, to let a system call fail"),
        .onceForBothTransportsInSuite,
        arguments: TortureSettings.subjects
    )
    func errors(subject: String) async {
        let tally = Tally("errors", "\(subject)")
        await Scene.inTurns(Scene.all.filter { $0.subject == subject }, tally) { scene in
            let stage = try Stage(scene)
            let points = try stage.points().filter(\.isStorage)
            let errors: [Blow.Kind] = ["EIO", "ENOSPC"].flatMap { name in
                [false, true].map { .error(name, isLasting: $0) }
            }
            // In the suite each scene has one of the four.
            let isComplete = TortureSettings.isComplete
            let kinds = isComplete ? errors : [errors[scene.name.count % errors.count]]
            for kind in kinds {
                let chosen = isComplete ? points : points.sample(2, for: scene)
                stage.meet(chosen.map { Blow(call: $0, kind: kind) }, tally)
            }
        }
        tally.tell()
    }
}
