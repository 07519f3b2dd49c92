import ArgumentParser
import Glibc

/// Shows what the work of every day costs, against the least it could cost on this machine now.
@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ArmSyncBenchmark",
        abstract: "Measures arm-sync against floors, in turns, on this machine.",
        subcommands: [RunCommand.self, EditsCommand.self],
        defaultSubcommand: RunCommand.self
    )
}

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run")

    @Option(help: "The folder of the built programs.")
    var programs: String

    @Option(help: "An empty folder on a real disk.")
    var directory: String

    @Flag(help: "A short look.")
    var quick = false

    @Argument(help: "The parts to measure: start, append, tail, month, sync, large, many; all.")
    var parts: [String] = []

    func run() throws {
        let environment = ["HOME=\(directory)", "USER=operator", "PATH=/usr/bin:/bin"]
        let bench = Bench(
            armSync: Program(path: "\(programs)/arm-sync", environment: environment),
            hello: Program(path: "\(programs)/HelloCommand", environment: environment),
            armServer: "\(programs)/arm-server",
            directory: directory,
            isQuick: quick
        )
        let all: [(String, () throws -> [Row])] = [
            ("start", bench.starting), ("append", bench.appending), ("tail", bench.readingTail),
            ("sync", bench.syncing), ("large", bench.largestDocument),
            ("many", bench.manyDocuments), ("month", bench.editingForAMonth),
        ]
        for (name, measure) in all where parts.isEmpty || parts.contains(name) {
            for row in try measure() { print(row.line) }
            // Not to be lost, nor to be waited for, where the output is a file.
            fflush(nil)
        }
    }
}

/// The worker of a measurement that needs a process of its own.
struct EditsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "edits", shouldDisplay: false)

    @Argument var state: String
    @Option var from: Int
    @Option var count: Int

    func run() throws {
        let edits = EditStore(state)
        for number in from..<(from + count) { try edits.count(to: number + 1) }
    }
}
