import Foundation

/// What the sanitizers of this run were told, for the programs that it starts: they are instrumented
/// like the tests, and a finding in one of them counts as much.
enum Sanitizing {
    private static let variables = ProcessInfo.processInfo.environment.filter {
        ["ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
    }

    /// How many times as long as otherwise a test may wait: instrumented programs take that much
    /// longer, and only a hang is to be told from work.
    static let slowness = variables.isEmpty ? 1 : 20

    /// The environment of a command, with that.
    static func environment(
        of words: [String],
        _ environment: [String: String]
    ) -> [String: String] {
        var environment = environment.merging(variables) { own, _ in own }
        // Leaks are looked for as a debugger looks, and a process can have only one of those.
        if words.contains(where: { $0.contains("strace") }),
            let options = environment["ASAN_OPTIONS"]
        {
            environment["ASAN_OPTIONS"] = "\(options):detect_leaks=0"
        }
        return environment
    }
}
