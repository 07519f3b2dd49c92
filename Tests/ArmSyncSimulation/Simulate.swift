import ArgumentParser

/// Plays the histories of many seeds.
@main struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays random histories of stations, a switch and all that goes wrong.",
        discussion: """
            Each seed is one history of one to four stations around one document. What goes wrong in \
            one is made as short as it can be and printed as a story for a test.
            """
    )

    @Option(help: "How many histories.") var seeds: UInt64 = 100_000
    @Option(help: "The first seed.") var from: UInt64 = 1
    @Option(help: "A mistake to make on purpose.") var mistake: Mistake?
    @Flag(help: "Tell what happens in the history of the first seed, made short if it goes wrong.")
    var tell = false

    mutating func run() throws {
        if tell {
            let finding = try Finding(of: from, making: mistake)
            let story = finding?.shrunk.story ?? Story(random: from)
            print(story)
            for line in try Playthrough.telling(of: story, making: mistake) { print(line) }
            return
        }
        let run = SimulationRun(from..<from + seeds, making: mistake)
        run.play()
        // One example is enough of what is done on purpose.
        for finding in run.findings.prefix(mistake == nil ? SimulationRun.reportLimit : 1) {
            let (story, complaints) = finding.shrunk
            print("Seed \(finding.seed): \(complaints.joined(separator: "; "))")
            print(story)
        }
        print(run.summary)
        if !run.findings.isEmpty { throw ExitCode.failure }
    }
}

extension Mistake: ExpressibleByArgument {}
