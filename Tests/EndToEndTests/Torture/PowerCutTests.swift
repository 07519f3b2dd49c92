import Testing

@Suite("A power cut")
struct PowerCutTests {
    @Test(
        "loses no edit whose command had ended with 0, on a real file system",
        .enabled(
            if: Privilege.canCutPower,
            "needs root, loop devices, mkfs.ext4, mkfs.xfs and xfs_io, to cut the power of a disk"
        ),
        .onceForBothTransportsInSuite,
        arguments: DiskImage.Kind.allCases
    )
    func cuts(kind: DiskImage.Kind) throws {
        let count = TortureSettings.count(inSuite: 3, complete: 200)
        let tally = Tally("power", "\(kind)")
        let history = try PowerHistory(on: kind, seed: TortureSettings.seed)
        for number in 1...count {
            do { try history.cut() } catch {
                let options = "--seed \(TortureSettings.seed) --count \(number)"
                tally.complain(options, "\(error)")
                break
            }
            tally.count("cuts")
        }
        do { try history.end() } catch {
            tally.complain("--seed \(TortureSettings.seed) --count \(count)", "\(error)")
        }
        tally.count("edits acknowledged", history.acknowledged)
        tally.tell()
    }
}
