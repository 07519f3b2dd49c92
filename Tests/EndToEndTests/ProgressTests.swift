import Foundation
import Testing

@Suite("Progress of a sync")
struct ProgressTests {
    private static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

    private func busyStation(_ server: SampleServer) throws -> Station {
        let station = try Station(server, application: nil)
        station.environment["TERM"] = "xterm"
        for agent in 1...12 {
            #expect(try station.run("set", "/a", "1", "-a", "hodor", "-g", "\(agent)").code == 0)
        }
        return station
    }

    /// Whether a terminal shows a line of progress, and everything it shows.
    private func shown(
        _ station: Station,
        _ command: String
    ) throws -> (hasProgress: Bool, text: String) {
        let text = try station.shell("script -qec '\(command)' /dev/null").output
        return (text.contains(" of 12 documents"), text)
    }

    @Test("is written over on a terminal, and gone at the end", .enabled(if: hasScript))
    func terminal() throws {
        let server = try SampleServer()
        let station = try busyStation(server)
        let (_, text) = try shown(station, "arm-sync sync --color never")
        let parts = text.split(separator: "\r", omittingEmptySubsequences: false)
        for number in 0...12 {
            #expect(
                parts.contains("\(number) of 12 documents\u{1B}[K"),
                "\(number): \(text.debugDescription)"
            )
        }
        // The last of it is an empty line, before the first word of the result.
        let progress = try #require(text.range(of: "\r\u{1B}[K", options: .backwards))
        #expect(text[progress.upperBound...].hasPrefix("hodor / 1 "), "\(text.debugDescription)")
        #expect(!text[progress.upperBound...].contains(" of 12"))
    }

    @Test("is for terminals and for people only", .enabled(if: hasScript))
    func silence() throws {
        let server = try SampleServer()
        let station = try busyStation(server)
        for command in [
            "arm-sync sync --quiet", "arm-sync sync --json", "arm-sync sync --cron",
            "arm-sync sync 2>/dev/null", "TERM=dumb arm-sync sync", "arm-sync sync -a hodor -g 1",
        ] {
            #expect(try !shown(station, command).hasProgress, "\(command)")
        }
        #expect(try station.run("sync").errors == "")
        // Into a pipe go the results; the progress stays on the terminal.
        #expect(try shown(station, "arm-sync sync | cat >/dev/null").hasProgress)
    }
}
