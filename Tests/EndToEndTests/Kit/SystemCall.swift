/// A system call of a command, before which something happens to the process.
struct SystemCall: Hashable, Sendable, CustomStringConvertible {
    let name: String
    /// The first such call of a thread is 1.
    let occurrence: Int
    /// Where given, only calls about this file count; a path in the state directory, empty for the
    /// directory itself.
    var file: String?

    /// `fdatasync:2` or `fdatasync:2@documents/hodor/102/journal.jsonl`, as it is given to play this
    /// one alone.
    var description: String { "\(name):\(occurrence)" + (file.map { "@\($0)" } ?? "") }
}

/// What befalls a process at a system call.
enum Blow: Sendable, CustomStringConvertible {
    case kill
    /// The call is not made and says this; from then on every such call, if it is lasting.
    case error(String, isLasting: Bool)

    var description: String {
        switch self {
        case .kill: "killed"
        case .error(let name, let isLasting): name + (isLasting ? " from then on" : "")
        }
    }

    fileprivate func injection(at call: SystemCall) -> String {
        switch self {
        case .kill: "inject=\(call.name):signal=KILL:when=\(call.occurrence)"
        case .error(let name, let isLasting):
            "inject=\(call.name):error=\(name):when=\(call.occurrence)" + (isLasting ? "+" : "")
        }
    }
}

extension Station {
    /// Runs `arm-sync` and strikes it at that call.
    func run(_ arguments: [String], strikingAt call: SystemCall, with blow: Blow) throws -> Outcome
    {
        let only = call.file.map { ["-P", $0.isEmpty ? state : "\(state)/\($0)"] } ?? []
        return try strace(
            ["-o", "/dev/null", "-e", "trace=\(call.name)", "-e", blow.injection(at: call)] + only,
            arguments
        )
    }

    /// Runs `arm-sync` to its end and tells every system call it made.
    func trace(_ arguments: [String]) throws -> (outcome: Outcome, calls: CallRecord) {
        let path = "\(home)/calls"
        let outcome = try strace(["-y", "-s", "0", "-o", path], arguments)
        return (outcome, CallRecord(try contents(path), state: state))
    }

    /// On one processor: there the work is not spread over more threads than it needs, and one run
    /// makes the same calls in the same threads as the next.
    private func strace(_ options: [String], _ arguments: [String]) throws -> Outcome {
        try ChildProcess(
            "/usr/bin/taskset",
            ["-c", "\(Processor.next)", "/usr/bin/strace", "-f", "-qq"] + options
                + [Products.path(of: "arm-sync")] + arguments,
            environment: environment
        ).wait(within: .seconds(60))
    }
}
