import Testing

@Suite("A command line")
struct CommandLineTests {
    /// Swift looks for the command line beside the environment.
    @Test(
        "is read although a library has moved the environment before the program starts",
        .enabled(if: FalseClock.isThere, "needs faketime, whose library does that"),
        .onceForBothTransports
    )
    func movedEnvironment() throws {
        let station = try Station()
        try FalseClock(of: station).set("+0")
        let outcome = try station.run("set", "/a", "1")
        #expect(outcome.output.hasPrefix("Stored in "), "\(outcome.words)")
        #expect(try station.local() == #"{"a":1}"#)
    }
}
