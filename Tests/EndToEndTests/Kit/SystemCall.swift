/// A system call of a command, before which something happens to the process.
struct SystemCall: Hashable, Sendable, CustomStringConvertible {
    let name: String
    /// The first such call of a thread is 1.
    let occurrence: Int
    /// Where given, only calls about this file count; a path in the state directory, empty for the
    /// directory itself.
    var file: String?

    /// `fdatasync:2` or `fdatasync:2@documents/hodor/102/journal.jsonl`.
    var description: String { "\(name):\(occurrence)" + (file.map { "@\($0)" } ?? "") }
}

/// What befalls a process at a system call.
struct Blow: Sendable, CustomStringConvertible {
    enum Kind: Sendable {
        case kill
        /// The call is not made and says this; from then on every such call, if it is lasting.
        case error(String, isLasting: Bool)
    }

    let call: SystemCall
    let kind: Kind

    var description: String {
        switch kind {
        case .kill: "\(call) killed"
        case .error(let name, let isLasting):
            "\(call) \(name)" + (isLasting ? " from then on" : "")
        }
    }

    fileprivate var injection: String {
        switch kind {
        case .kill: "inject=\(call.name):signal=KILL:when=\(call.occurrence)"
        case .error(let name, let isLasting):
            "inject=\(call.name):error=\(name):when=\(call.occurrence)" + (isLasting ? "+" : "")
        }
    }
}

extension Station {
    /// Runs `arm-sync`, which is struck.
    func run(_ arguments: [String], struckBy blow: Blow) throws -> Outcome {
        let file = blow.call.file.map { ["-P", $0.isEmpty ? state : "\(state)/\($0)"] } ?? []
        return try strace(
            ["-o", "/dev/null", "-e", "trace=\(blow.call.name)", "-e", blow.injection] + file,
            arguments
        )
    }

    /// Runs `arm-sync` to its end and tells every system call it made.
    func trace(_ arguments: [String]) throws -> CallRecord {
        let path = "\(home)/calls"
        _ = try strace(["-y", "-s", "0", "-o", path], arguments)
        return CallRecord(try contents(path), state: state)
    }

    /// On one processor: there the work is not spread over more threads than it needs, and one run
    /// makes the same calls in the same threads as the next.
    private func strace(_ options: [String], _ arguments: [String]) throws -> Outcome {
        try ChildProcess(
            "/usr/bin/taskset",
            ["-c", "\(Processor.next)", "/usr/bin/strace", "-f", "-qq"] + options
                + [Products.path(of: "arm-sync")] + arguments,
            environment: environment
        ).wait()
    }
}
