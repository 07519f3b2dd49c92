import ArgumentParser
import SeededRandom
import Testing

@testable import ArmSyncCLI

@Suite("The short way to everyday commands")
struct EverydayCommandsTests {
    @Test(
        "understands every option in its plain spelling as the parser does",
        arguments: [
            ["get"], ["get", "/a", "--raw"], ["get", ""], ["get", "--raw", "/a", "-q", "-v"],
            ["get", "-a", "hodor", "/a", "-g", "102"],
            ["set", "/a", "1", "--parents", "--allow-empty"], ["set", "--string", "x", "/a"],
            ["set", "", "{}", "--json", "--quiet", "--verbose"],
            ["status", "--check", "--warning", "2h", "--critical", "48h"], ["status", "--json"],
            ["status", "--application", "hodor", "--agent", "102", "--color", "never"],
            ["status", "--server", "http://host:1", "--domain", "d", "--config", "/c"],
            ["status", "--state-dir", "/s", "--color", "always"], ["status", "--color", "auto"],
            ["sync"], ["sync", "--if-due"], ["sync", "--cron", "--max-time", "5m"],
            ["sync", "--dry-run", "--wait=500ms"], ["get", "--agent=102"],
            ["set", "/a", "--string=--json"], ["get", "--config=a=b"],
        ]
    )
    func plainSpelling(arguments: [String]) throws {
        let short = try #require(ArmSyncCommand.everydayCommand(arguments))
        let long = try ArmSyncCommand.parseAsRoot(arguments)
        #expect(String(describing: short) == String(describing: long))
    }

    @Test(
        "leaves to the parser what takes more to tell",
        arguments: [
            [], ["--version"], ["help", "get"], ["diff"], ["get", "--help"], ["get", "-h"],
            ["get", "/a", "/b"], ["get", "-"], ["get", "-qv"], ["get", "--quiet", "-q"],
            ["get", "-a"], ["get", "-a", "x", "-a", "y"], ["get", "-ax"], ["get", "-a=x"],
            ["get", "--raw=1"], ["get", "--agent="], ["get", "--agent", "--json"],
            ["get", "--agent", "-1"], ["get", "--color", "blue"], ["get", "--unknown"],
            ["get", "--parents"],
            ["set"], ["set", "/a"], ["set", "/a", "-"], ["set", "/a", "--", "-5"],
            ["set", "/a", "-5"], ["set", "/a", "1", "--string", "x"],
            ["set", "/a", "--string", "--json"], ["status", "--warning", "1h"],
            ["status", "--check", "--warning", "soon"], ["sync", "/a"],
            ["sync", "--cron", "--json"], ["get", "-\u{301}"], ["---completion", "get"],
        ]
    )
    func otherSpelling(arguments: [String]) {
        #expect(ArmSyncCommand.everydayCommand(arguments) == nil)
    }

    @Test("never understands a command line otherwise than the parser", arguments: 1...4)
    func sameAsParser(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var understood = 0
        for _ in 0..<200 {
            let arguments = Self.commandLine(&generator)
            guard let short = ArmSyncCommand.everydayCommand(arguments) else { continue }
            understood += 1
            let long = try? ArmSyncCommand.parseAsRoot(arguments)
            #expect(
                long.map { String(describing: $0) } == String(describing: short),
                "seed \(seed): \(arguments)"
            )
        }
        #expect(understood > 40, "seed \(seed): too few are plain for this to say much")
    }

    /// A command with a few words that may or may not belong to it.
    private static func commandLine(_ generator: inout SeededGenerator) -> [String] {
        let command = generator.pick("get", "set", "status", "sync")
        var words = [command]
        if command == "set" { words += ["/a", "1"] }
        for _ in 0..<generator.below(4) {
            switch generator.below(10) {
            case 0...1: words.append(generator.pick("/a", "", "1", "\"x\"", "é", "get", "a b"))
            case 2...4: words += option(&generator)
            case 5: words.append(generator.pick("--raw", "--json", "--quiet", "-v", "--cron"))
            case 6: words.append(generator.pick("--parents", "--check", "--if-due", "--dry-run"))
            default: words.append(oddities[generator.below(oddities.count)])
            }
        }
        return words
    }

    private static let oddities = [
        "-", "--", "-5", "-qv", "-ahodor", "--agent=1", "--agent=", "--color=auto", "--wait=1",
        "--raw=1", "--string=-x=\"", "-g=1", "--jso", "-h", "---", "-=", "--string", "-a",
        "--no-json", "—json", "-\u{301}v", "--agent=\u{301}",
    ]

    private static let options = [
        "--application", "-a", "--agent", "-g", "--server", "--domain", "--state-dir", "--config",
        "--color", "--string", "--wait", "--max-time", "--warning", "--critical",
    ]

    private static func option(_ generator: inout SeededGenerator) -> [String] {
        let value = generator.pick("hodor", "", "5m", "48h", "never", "/s", "--json", "-1", "102")
        return [options[generator.below(options.count)], value]
    }

    @Test(
        "tells of a mistake as the root does",
        arguments: [["get", "/a", "/b"], ["set", "/a"], []]
    )
    func sameMistake(arguments: [String]) {
        func words(_ parse: ([String]) throws -> any ParsableCommand) -> String {
            do {
                var command = try parse(arguments)
                try command.run()
                return ""
            } catch {
                return ArmSyncCommand.fullMessage(for: error)
            }
        }
        #expect(words(ArmSyncCommand.parsed) == words { try ArmSyncCommand.parseAsRoot($0) })
    }
}
