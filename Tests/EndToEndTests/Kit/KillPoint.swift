import Testing

/// A system call of a command, before which its process is killed.
struct KillPoint: Sendable, CustomTestStringConvertible {
    let call: String
    /// The first such call of a thread is 1.
    let occurrence: Int

    var testDescription: String { "\(call) \(occurrence)" }

    /// Each call that changes something, of an edit of a document that is there.
    static let ofEdit = points(
        ["flock": 2, "fsync": 1, "fchmod": 3, "write": 2, "fdatasync": 1, "rename": 1]
    )

    /// The same of a sync that saves.
    static let ofSync = points(
        ["flock": 2, "write": 3, "fdatasync": 2, "rename": 1, "sendto": 2, "recvfrom": 2]
    )

    private static func points(_ counts: KeyValuePairs<String, Int>) -> [KillPoint] {
        counts.flatMap { call, count in
            (1...count).map { KillPoint(call: call, occurrence: $0) }
        }
    }
}

extension Station {
    /// Runs `arm-sync` until it comes to that call, and kills it there.
    func run(killedAt point: KillPoint, _ arguments: String...) throws -> Outcome {
        let inject = "inject=\(point.call):signal=KILL:when=\(point.occurrence)"
        return try ChildProcess(
            "/usr/bin/strace",
            ["-f", "-o", "/dev/null", "-e", "trace=\(point.call)", "-e", inject]
                + [Products.path(of: "arm-sync")] + arguments,
            environment: environment
        ).wait()
    }
}
