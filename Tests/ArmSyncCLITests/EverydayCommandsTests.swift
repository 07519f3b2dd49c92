import ArgumentParser
import Testing

@testable import ArmSyncCLI

@Suite("The short way to everyday commands")
struct EverydayCommandsTests {
    @Test(
        "leads where the root leads",
        arguments: [
            ["get", "/a", "--raw"], ["set", "/a", "1", "-a", "hodor"], ["set", "/a", "--", "-5"],
            ["status", "--json"], ["sync", "--if-due"], ["get", "--help"], ["help", "get"],
        ]
    )
    func sameCommand(arguments: [String]) throws {
        let short = try ArmSyncCommand.parsed(arguments)
        let long = try ArmSyncCommand.parseAsRoot(arguments)
        #expect(String(describing: short) == String(describing: long))
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
