import Testing

/// One of the two errors at each call that changes something on the disk.
@Suite("A disk that fails at a system call")
struct DiskErrorTests {
    @Test(
        "is told, and what was told done is there",
        .enabled(if: Privilege.canTrace, "needs strace, to let a system call fail"),
        .onceForBothTransports,
        arguments: ["set", "sync", "resolve"]
    )
    func errors(subject: String) async {
        let tally = Tally("errors \(subject)")
        await Scene.inTurns(Scene.all.filter { $0.subject == subject }, tally) { scene in
            let stage = try Stage(scene)
            let points = try stage.points().filter(\.isStorage)
            for (index, error) in ["EIO", "ENOSPC"].enumerated() {
                for isLasting in [false, true] {
                    // In the suite each scene has one of the four.
                    let chosen = index * 2 + (isLasting ? 1 : 0)
                    if !TortureSettings.isComplete, scene.name.count % 4 != chosen { continue }
                    try stage.strike(
                        TortureSettings.isComplete ? points : points.spread(4),
                        with: .error(error, isLasting: isLasting),
                        tally
                    )
                }
            }
        }
        tally.tell()
    }
}
