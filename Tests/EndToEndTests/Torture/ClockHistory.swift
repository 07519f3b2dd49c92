import SeededRandom

/// A station whose clock jumps between its commands, with a server that misbehaves.
final class ClockHistory {
    /// Seconds that the clock is set on or back by.
    private static let jumps = [
        -86_400, 31_536_000, -31_536_000, 3600, -3600, 600, -600, 30, 315_360_000, -31_536_000,
    ]

    private var random: SeededGenerator
    private let server: SampleServer
    private let station: Station
    private let clock: FalseClock
    private var offset = 0
    private var expected: Places = [:]
    private(set) var steps = 0
    private(set) var commands = 0
    private var story: [String] = []

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        server = try SampleServer()
        station = try Station(server)
        station.environment["TZ"] = "UTC"
        clock = FalseClock(of: station)
        try clock.set("+0")
    }

    func run() throws {
        do {
            for number in 1...16 { try step(number) }
            try end()
        } catch {
            throw Unexpected(description: "\(error)\n\(story.joined(separator: "\n"))")
        }
    }

    private func step(_ number: Int) throws {
        switch random.below(10) {
        case 0, 1, 2:
            offset += Self.jumps[random.below(Self.jumps.count)]
            try move()
        case 3, 4, 5:
            let place = "k\(random.below(5))"
            try run(["set", "/\(place)", "\(number)"], allowed: [0])
            expected[place] = number
        case 6:
            let faults = ["refuse@save", "status:503,retry-after=7200@read", "close-after@save"]
            try server.set(faults: [faults[random.below(faults.count)]])
        case 7: try run(["sync", "--cron"], allowed: [0, 1])
        case 8: try run(["sync", "--if-due"], allowed: [0, 1, 75])
        default: try run(["sync"], allowed: [0, 1, 75])
        }
        try look()
    }

    private func move() throws {
        steps += 1
        try clock.set(offset < 0 ? "\(offset)" : "+\(offset)")
        story.append("the clock is \(offset) s off")
    }

    @discardableResult
    private func run(_ arguments: [String], allowed: Set<Int32>) throws -> Outcome {
        commands += 1
        let outcome = try station.run(arguments)
        story.append("\(arguments.joined(separator: " ")): \(outcome.words)")
        guard let code = outcome.code, allowed.contains(code) else {
            throw Unexpected(description: "it ends badly")
        }
        return outcome
    }

    /// Nothing is said to have been in the future, or to be tried later than in an hour.
    private func look() throws {
        let status = try run(["status"], allowed: [0]).output
        let outbox = try run(["outbox"], allowed: [0, 65]).output
        let log = try run(["log"], allowed: [0, 65]).output
        let check = try run(["status", "--check"], allowed: [0, 1, 2]).output
        for text in [status, outbox, log, check] {
            guard !text.contains(/-\d+ (s|min|h|days)\b|=-\d/) else {
                throw Unexpected(description: "a time that cannot be: \(text)")
            }
        }
        for found in status.matches(of: /in (\d+) (h|days)\b/)
        where found.output.2 == "days" || (Int(found.output.1) ?? 0) > 1 {
            throw Unexpected(description: "tried again far too late: \(status)")
        }
    }

    /// What the promise of an hour is worth, by the clock as it happens to stand.
    private func end() throws {
        try server.clearFaults()
        try run(["set", "/last", "1"], allowed: [0])
        expected["last"] = 1
        offset += 3660
        try move()
        try run(["sync", "--cron"], allowed: [0])
        try look()
        let (local, held) = (try station.places(), try server.places())
        guard local == expected, held == expected else {
            throw Unexpected(description: "accepted \(expected), here \(local), there \(held)")
        }
    }
}
