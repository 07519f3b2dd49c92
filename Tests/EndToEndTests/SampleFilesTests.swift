import Foundation
import Testing

@Suite("Samples for cron and systemd")
struct SampleFilesTests {
    private static let analyze = "/usr/bin/systemd-analyze"
    private static let canAnalyze = FileManager.default.isExecutableFile(atPath: analyze)

    private func sample(_ name: String) throws -> String {
        try String(contentsOfFile: Products.sample(name), encoding: .utf8)
    }

    @Test("the crontab's command waits for an offset of the station's own, and syncs")
    func crontab() throws {
        let lines = try sample("cron/arm-sync.crontab").split(separator: "\n")
        let line = try #require(lines.last { $0.hasPrefix("*/5 * * * * ") })
        // What cron hands to the shell: a per cent sign that is not escaped would end it.
        #expect(!line.replacing("\\%", with: "").contains("%"))
        let command = line.dropFirst("*/5 * * * * ".count).replacing("\\%", with: "%")
        let station = try Station()
        let offsets = try (1...40).map { number in
            let dry =
                "hostname() { echo station-\(number); }; sleep() { echo \"$1\"; }; "
                + command.replacing("exec arm-sync", with: "echo")
            let outcome = try station.shell(dry)
            #expect(outcome.lines.last == "sync --cron --max-time 4m", "\(outcome.words)")
            return try #require(outcome.lines.first.flatMap { Int($0) })
        }
        #expect(offsets.allSatisfy { (0..<240).contains($0) })
        #expect(Set(offsets).count > 30)
    }

    @Test("the command that crontab and service run is one that there is")
    func command() throws {
        let service = try sample("systemd/arm-sync.service").split(separator: "\n")
        let start = try #require(service.first { $0.hasPrefix("ExecStart=/usr/bin/arm-sync ") })
        let server = try SampleServer()
        let station = try Station(server)
        let outcome = try station.run(start.split(separator: " ").dropFirst().map(String.init))
        #expect(outcome.code == 0 && outcome.errors == "", "\(outcome.words)")
    }

    @Test("systemd finds nothing to say about the units", .enabled(if: canAnalyze))
    func verify() throws {
        let station = try Station()
        let service = try sample("systemd/arm-sync.service")
            .replacing("/usr/bin/arm-sync", with: Products.path(of: "arm-sync"))
        let paths = [
            try station.write(service, to: "arm-sync.service"),
            try station.write(sample("systemd/arm-sync.timer"), to: "arm-sync.timer"),
        ]
        // It ends with 0 even where a directive is misspelt: what counts is that it says nothing.
        let outcome = try ChildProcess(
            Self.analyze,
            ["verify", "--man=no"] + paths,
            environment: station.environment
        ).wait()
        #expect(outcome.code == 0 && outcome.errors == "", "\(outcome.words)")
    }

    @Test("the service is shut in about as far as a program can be", .enabled(if: canAnalyze))
    func security() throws {
        let outcome = try ChildProcess(
            Self.analyze,
            [
                "security", "--offline=yes", "--threshold=15", "--no-pager",
                Products.sample("systemd/arm-sync.service"),
            ],
            environment: [:]
        ).wait()
        #expect(outcome.code == 0, "\(outcome.words)")
        #expect(outcome.output.contains("Overall exposure level"), "\(outcome.words)")
    }
}
