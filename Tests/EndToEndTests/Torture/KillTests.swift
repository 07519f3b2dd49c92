import Testing

/// A few of the system calls in the suite; `scripts/torture kills` takes every one.
@Suite("A process killed at a system call")
struct KillTests {
    @Test(
        "leaves its work wholly done or wholly undone, and nothing to be mended by hand",
        .enabled(if: Privilege.canTrace, "needs strace, to kill at a system call"),
        .onceForBothTransports,
        arguments: ["set", "sync", "resolve"]
    )
    func kills(subject: String) async {
        let tally = Tally("kills \(subject)")
        await Scene.inTurns(Scene.all.filter { $0.subject == subject }, tally) { scene in
            let stage = try Stage(scene)
            let points = try stage.points()
            try stage.strike(
                TortureSettings.isComplete ? points : points.filter(\.hasEffect).spread(4),
                with: .kill,
                tally
            )
        }
        tally.tell()
    }
}
