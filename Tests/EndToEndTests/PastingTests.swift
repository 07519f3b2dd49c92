import Testing

@Suite("What a conflict's screen says to type")
struct PastingTests {
    /// A conflict at a place with a long name.
    private func conflict() throws -> Pair {
        let pair = try Pair(agreeingOn: #"{"reports":[{"id":"1607932267415","name":"calls"}]}"#)
        try pair.part(
            mine: #"{"reports":[{"id":"1607932267415","name":"mine"}]}"#,
            theirs: #"{"reports":[{"id":"1607932267415","name":"theirs"}]}"#
        )
        guard try pair.first.sync() == (1, "conflict", 1) else {
            throw Unexpected(description: "no conflict")
        }
        return pair
    }

    @Test("can be pasted as it stands, and fits the screen", arguments: [true, false])
    func pasted(isConfigured: Bool) throws {
        let pair = try conflict()
        let station = pair.first
        if !isConfigured { try station.configure(pair.server, application: nil, agent: nil) }
        let screen = try station.run("conflicts", "show").output
        #expect(screen.contains("-a hodor -g 102") != isConfigured, "\(screen)")
        let lines = screen.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(screen)")
        let start = try #require(lines.firstIndex { $0.contains("arm-sync resolve '/") })
        #expect(lines[start].hasSuffix(" \\"), "\(screen)")
        let outcome = try station.shell(lines[start...start + 1].joined(separator: "\n"))
        #expect(outcome.code == 0, "\(outcome.words)")
        let key = ["-a", "hodor", "-g", "102"]
        #expect(try station.run(["conflicts"] + key).code == 0)
        #expect(try station.run(["get", "/reports/0/name"] + key).output == "\"mine\"\n")
    }

    @Test("names the document where another one, another state or another file would be meant")
    func named() throws {
        let pair = try conflict()
        let station = pair.first
        let flags = "-a hodor -g 102"
        #expect(try !station.run("status").output.contains(flags))
        #expect(try !station.run("conflicts", flags).output.contains(flags))
        for options in [
            ["--config", "\(station.home)/config.json"], ["--state-dir", station.state],
        ] {
            #expect(try station.run(["conflicts"] + options).output.contains(flags))
        }
        // Among several, the command that is about all of them is told which.
        #expect(try station.run("set", "/x", "1", "-g", "other").code == 0)
        let among = try station.run("conflicts").output
        #expect(among.contains("conflicts show \(flags)"), "\(among)")
        #expect(among.contains("resolve --all --mine "), "\(among)")
        station.environment["ARM_SYNC_AGENT"] = "other"
        let other = try station.run("conflicts").output
        #expect(other.contains("resolve --all --mine \(flags)"), "\(other)")
    }
}
