import SeededRandom

/// Two stations behind one bad link, each with places of its own: any conflict is a false one.
final class LinkHistory {
    private static let steps = 24
    /// What one request may take.
    private static let total = 2
    /// Three requests, in a second round too where an edit came meanwhile, and as much again for a
    /// machine that has other things to do; where it has many of them, only a hang is a failure.
    private static let limit: Duration =
        TortureSettings.isComplete ? .seconds(6 * total + 20) : .seconds(60)

    private var random: SeededGenerator
    private let server: SampleServer
    private let stations: [Station]
    private let change: (Int) throws -> Void
    private let heal: () throws -> Void
    private let address: String
    private var expected: Places = [:]
    private(set) var syncs = 0
    private(set) var broken = 0

    init(
        server: SampleServer,
        address: String,
        seed: UInt64,
        change: @escaping (Int) throws -> Void = { _ in },
        heal: @escaping () throws -> Void
    ) throws {
        random = SeededGenerator(seed: seed)
        self.server = server
        self.change = change
        self.heal = heal
        self.address = address
        stations = try (0..<2).map { _ in
            let station = try Station(server)
            let timeouts = #""timeouts": {"connect": "1s", "total": "\#(Self.total)s"}"#
            try station.configure(server, at: address, settings: timeouts)
            return station
        }
    }

    func run() throws {
        for number in 1...Self.steps {
            let index = random.below(2)
            switch random.below(7) {
            case 0, 1: try change(random.below(PacketFilter.Weather.allCases.count))
            case 2, 3, 4: try edit(index, number)
            default: try sync(index)
            }
        }
        try heal()
        // Nothing is in the way any more, but nobody knows how busy this machine is.
        for station in stations { try station.configure(server, at: address) }
        for _ in 0..<3 {
            for station in stations {
                let outcome = try station.run("sync")
                guard outcome.code == 0 else {
                    throw Unexpected(description: "over the healed link: \(outcome.words)")
                }
            }
        }
        for places in try stations.map({ try $0.places() }) + [server.places()]
        where places != expected {
            throw Unexpected(description: "accepted were \(expected), there is \(places)")
        }
    }

    private func edit(_ index: Int, _ number: Int) throws {
        // New places as well as old ones.
        let place = "s\(index)-\(random.below(6))"
        let outcome = try stations[index].run("set", "/\(place)", "\(number)")
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
        expected[place] = number
    }

    private func sync(_ index: Int) throws {
        let outcome = try stations[index].start("sync").wait(within: Self.limit)
        syncs += 1
        guard let code = outcome.code, [0, 75].contains(code) else {
            throw Unexpected(description: "over the bad link: \(outcome.words)")
        }
        if code == 75 { broken += 1 }
    }
}
