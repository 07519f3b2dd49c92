import Testing

@Suite("A disk that takes nothing more")
struct FullDiskTests {
    private static let troubles: [any Trouble] =
        (0..<16).map { DiskTrouble.pages($0) } + (0..<8).map { DiskTrouble.files($0) }
        + [DiskTrouble.readOnly, DiskTrouble.foreign]

    @Test(
        "is told, and what was told done is there once it takes more again",
        .enabled(if: Privilege.canMount, "needs root and mount, for a small file system"),
        .onceForBothTransportsInSuite,
        arguments: TortureSettings.subjects
    )
    func full(subject: String) async {
        let tally = Tally("full", "\(subject)")
        await Scene.inTurns(Scene.all.filter { $0.subject == subject }, tally) { scene in
            let troubles = Self.troubles
            let chosen =
                TortureSettings.isComplete ? troubles : troubles.sample(2, for: scene)
            try Stage(scene).meet(chosen, tally)
        }
        tally.tell()
    }
}
