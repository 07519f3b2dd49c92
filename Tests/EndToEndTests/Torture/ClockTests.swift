import Testing

@Suite("A clock that is set back and on", .enabled(if: FalseClock.isThere, "needs faketime"))
struct ClockTests {
    @Test("loses nothing, and an hour later everything is saved", .onceForBothTransportsInSuite)
    func steps() throws {
        let tally = Tally("clock")
        let count = TortureSettings.count(inSuite: 2, complete: 100)
        for seed in (0..<count).map({ TortureSettings.seed + UInt64($0) }) {
            do {
                let history = try ClockHistory(seed: seed)
                try history.run()
                tally.count("histories")
                tally.count("steps of the clock", history.steps)
                tally.count("commands", history.commands)
            } catch {
                tally.complain("--seed \(seed) --count 1", "\(error)")
            }
        }
        tally.tell()
    }

    /// What is under way while the clock is set, and how it ends.
    @Test(
        "in the middle of a run does not hold it up",
        .onceForBothTransportsInSuite,
        arguments: ["-1d", "+1y"]
    )
    func within(step: String) throws {
        let server = try SampleServer()
        let station = try Station(server)
        let clock = FalseClock(of: station)
        try clock.set("+0")
        #expect(try station.run("set", "/a", "1").code == 0)
        // A save that is answered after the step.
        try server.set(faults: "delay:2s@save")
        let sync = try station.start("sync")
        try eventually("the save arrives") { try server.requests().contains(where: \.isSave) }
        try clock.set(step)
        let saved = try sync.wait()
        #expect(saved.code == 0, "\(saved.words)")
        // A run that waits for another one, which hangs until it is ended by its own limit.
        #expect(try station.run("set", "/b", "2").code == 0)
        try server.forgetRequests()
        try server.set(faults: "hang@read")
        let hanging = try station.start("sync", "--max-time", "5s")
        try eventually("the read arrives") { try !server.requests().isEmpty }
        let waiting = try station.start("sync", "--wait", "30s")
        try clock.set("+0")
        let hung = try hanging.wait()
        #expect(hung.code == 75, "\(hung.words)")
        let waited = try waiting.wait()
        #expect(waited.code == 0, "\(waited.words)")
        #expect(try server.document() == station.local())
        #expect(try station.document().state == "synced")
    }
}
