import Testing

@Suite("A bad link")
struct BadLinkTests {
    private static let seeds: [UInt64] = {
        let count = TortureSettings.count(inSuite: 1, complete: 40)
        return (0..<count).map { TortureSettings.seed + UInt64($0) }
    }()

    @Test("that breaks, stalls and is slow loses nothing and makes no conflict")
    func connections() throws {
        let tally = Tally("link", "connections")
        for seed in Self.seeds {
            try play(seed, tally) {
                let server = try SampleServer()
                let link = try BadLink(to: server.port, seed: seed)
                return try LinkHistory(
                    server: server,
                    address: "http://127.0.0.1:\(link.port)",
                    seed: seed,
                    heal: { link.heal() }
                )
            }
        }
        tally.tell()
    }

    @Test(
        "that loses packets, resets and swallows them loses nothing and makes no conflict",
        .enabled(
            if: PacketFilter.isAllowed,
            "needs a network of its own and nft, as scripts/torture link provides as root"
        )
    )
    func packets() throws {
        let tally = Tally("link", "packets")
        for seed in Self.seeds {
            try play(seed, tally) {
                let server = try SampleServer(options: ["--host", "0.0.0.0"])
                let filter = try PacketFilter(port: server.port)
                return try LinkHistory(
                    server: server,
                    address: "http://\(PacketFilter.address):\(server.port)",
                    seed: seed,
                    change: { try filter.set(PacketFilter.Weather.allCases[$0]) },
                    heal: { try filter.set(.fine) }
                )
            }
        }
        tally.tell()
    }

    private func play(_ seed: UInt64, _ tally: Tally, _ make: () throws -> LinkHistory) throws {
        do {
            let history = try make()
            try history.run()
            tally.count("histories")
            tally.count("syncs", history.syncs)
            tally.count("broken", history.broken)
        } catch {
            tally.complain("--seed \(seed) --count 1", "\(error)")
        }
    }
}
