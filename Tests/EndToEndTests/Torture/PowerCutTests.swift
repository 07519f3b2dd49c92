import Glibc
import SeededRandom
import Testing

@Suite("A power cut")
struct PowerCutTests {
    @Test(
        "loses no edit whose command had ended with 0, on a real file system",
        .enabled(
            if: Privilege.canCutPower,
            "needs root, loop devices, mkfs.ext4, mkfs.xfs and xfs_io, to cut the power of a disk"
        ),
        .onceForBothTransports,
        arguments: DiskImage.Kind.allCases
    )
    func cuts(kind: DiskImage.Kind) throws {
        let count = TortureSettings.count(inSuite: 3, complete: 200)
        let tally = Tally("power \(kind)")
        let history = try PowerHistory(on: kind, seed: TortureSettings.seed)
        for number in 1...max(count, 1) {
            do { try history.cut() } catch {
                tally.complain("cut \(number), seed \(TortureSettings.seed)", "\(error)")
                break
            }
            tally.count("cuts")
        }
        do { try history.end() } catch { tally.complain("the end", "\(error)") }
        tally.count("edits acknowledged", history.acknowledged)
        tally.tell()
    }
}

/// Edits and syncs on one disk, whose power is cut again and again.
final class PowerHistory {
    /// The document stays small: edits go to these places in turn.
    private static let places = 7

    private var random: SeededGenerator
    private let disk: DiskImage
    private let server: SampleServer
    private let station: Station
    private var last = 0
    private(set) var acknowledged = 0
    /// What is known to be in the document.
    private var expected: Places = [:]

    init(on kind: DiskImage.Kind, seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        disk = try DiskImage(kind)
        server = try SampleServer()
        station = try Station(server)
        station.environment["ARM_SYNC_STATE_DIR"] = disk.path + "/state"
    }

    /// Cuts the power in the middle of edits and syncs, and looks what is there afterwards.
    func cut() throws {
        let first = last + 1
        // A number is printed once its command has ended with 0. A sync of which power is cut may
        // end as it likes.
        let loop = try ChildProcess(
            "/bin/sh",
            [
                "-c",
                """
                i=\(first)
                while arm-sync set /k$((i % \(Self.places))) $i --quiet; do
                    echo "$i."
                    [ $((i % 3)) -ne 0 ] || arm-sync sync --quiet
                    i=$((i + 1))
                done
                """,
            ],
            environment: station.environment,
            leadsGroup: true
        )
        let edits = random.below(6)
        if edits > 0 { try loop.output(containing: "\(first + edits - 1).") }
        usleep(UInt32(random.below(60_000)))
        try disk.cutPower(keepsLog: random.oneIn(2))
        // The loop ends by itself with the first edit that cannot be stored.
        let ended = try loop.wait()
        try disk.restart()

        for number in ended.lines.compactMap({ Int($0.dropLast()) }) {
            expected[place(number)] = number
            last = number
            acknowledged += 1
        }
        try check(ended)
    }

    private func place(_ number: Int) -> String { "k\(number % Self.places)" }

    private func check(_ ended: Outcome) throws {
        let local = try station.places()
        // The last one was not acknowledged, and may be there all the same.
        let isThere = local[place(last + 1)] == last + 1
        if isThere {
            last += 1
            expected[place(last)] = last
        }
        guard local == expected else {
            throw Unexpected(
                description: "accepted were \(expected), there is \(local)\n\(ended.words)"
            )
        }
        for document in try station.status().documents where document.state == "unreadable" {
            throw Unexpected(description: "the document is unreadable\n\(ended.words)")
        }
        guard ended.errors.contains("arm-sync: ") else {
            throw Unexpected(description: "nothing was said of the disk\n\(ended.words)")
        }
    }

    func end() throws {
        let sync = try station.run("sync")
        let (local, server) = (try station.places(), try server.places())
        guard sync.code == 0, local == server, local == expected else {
            throw Unexpected(
                description: "accepted were \(expected), the server holds \(server)\n\(sync.words)"
            )
        }
    }
}
