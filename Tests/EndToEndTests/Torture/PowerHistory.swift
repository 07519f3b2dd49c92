import Glibc
import SeededRandom

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
        // A kernel whose disk is gone may still tell a sync that was under way that all is well: only
        // what was said before counts.
        let told = try numbers(in: loop.outputSoFar())
        try disk.cutPower(keepsLog: random.oneIn(2))
        // The loop ends by itself with the first edit that cannot be stored.
        let ended = try loop.wait()
        try disk.restart()

        acknowledged += told.count
        let all = numbers(in: ended.output)
        try check(from: told.last ?? last, upTo: (all.last ?? last) + 1, ended)
    }

    private func numbers(in text: String) -> [Int] {
        text.split(separator: "\n").compactMap { $0.last == "." ? Int($0.dropLast()) : nil }
    }

    private func place(_ number: Int) -> String { "k\(number % Self.places)" }

    /// All edits up to one of these numbers have to be there, and none behind it.
    private func check(from first: Int, upTo end: Int, _ ended: Outcome) throws {
        let local = try station.places()
        var possible = expected
        for number in last..<first { possible[place(number + 1)] = number + 1 }
        var number = first
        while possible != local {
            number += 1
            guard number <= end else {
                throw Unexpected(
                    description: "\(first) was accepted, there is \(local)\n\(ended.words)"
                )
            }
            possible[place(number)] = number
        }
        (expected, last) = (possible, number)
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
