import Testing

/// A few of the system calls in the suite; `scripts/torture kills` takes every one.
@Suite("A process killed at a system call")
struct KillTests {
    @Test(
        "leaves its work wholly done or wholly undone, and nothing to be mended by hand",
        .enabled(if: Privilege.canTrace, "needs strace, to kill at a system call"),
        .onceForBothTransportsInSuite,
        arguments: TortureSettings.subjects
    )
    func kills(subject: String) async {
        let tally = Tally("kills", "\(subject)")
        await Scene.inTurns(Scene.all.filter { $0.subject == subject }, tally) { scene in
            let stage = try Stage(scene)
            let points = try stage.points()
            // A program is loaded the same way whatever it finds then.
            let telling = scene.isPlain ? points : points.filter(\.couldMatter)
            let chosen =
                TortureSettings.isComplete
                ? telling : points.filter(\.hasEffect).sample(2, for: scene)
            stage.meet(chosen.map { Blow(call: $0, kind: .kill) }, tally)
        }
        tally.tell()
    }
}
