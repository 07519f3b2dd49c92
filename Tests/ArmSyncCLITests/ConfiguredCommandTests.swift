import Glibc
import Testing

@testable import ArmSyncCLI

@Suite("A command that the configuration names", .timeLimit(.minutes(2)))
struct ConfiguredCommandTests {
    private func run(
        _ line: String,
        on input: [UInt8] = [],
        timeout: Duration = .seconds(60)
    ) async throws(ConfiguredCommand.Failure) -> ConfiguredCommand.End {
        let command = ConfiguredCommand(words: ["/bin/sh", "-c", line], timeout: timeout)
        return try await command.run(on: input)
    }

    @Test("gets all it is told at once, as long as a pipe holds it")
    func input() async throws {
        let input = (0..<AttentionNews.sizeLimit).map { UInt8(truncatingIfNeeded: $0) }
        let end = try await run("cat", on: input)
        #expect(end.output == input && end.failure == nil)
        let tooLong = [UInt8](repeating: 0, count: 1 << 20)
        await #expect(throws: ConfiguredCommand.Failure.inputTooLong) {
            try await run("cat", on: tooLong)
        }
    }

    @Test("is over when it ends itself, and what it leaves behind stays")
    func background() async throws {
        let end = try await run("tail -f /dev/null & echo $!; echo gone >&2; exit 3")
        #expect(end.failure == .exited(3))
        #expect(end.errors == Array("gone\n".utf8))
        let text = String(decoding: end.output, as: UTF8.self).trimmed
        #expect(kill(try #require(Int32(text)), SIGKILL) == 0)
    }

    @Test("is given up where whoever waits for it is")
    func cancelled() async throws {
        let task = Task { () -> ConfiguredCommand.Failure? in
            do throws(ConfiguredCommand.Failure) {
                return try await run("tail -f /dev/null").failure
            } catch {
                return error
            }
        }
        task.cancel()
        #expect(await task.value == .givenUp)
    }
}
