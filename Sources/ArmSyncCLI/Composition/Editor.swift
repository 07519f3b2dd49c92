import ArmSync
import Glibc
import Subprocess

/// The editor a person has chosen.
struct Editor: Sendable {
    /// A command as a shell takes it, which may have arguments: `code --wait`.
    let command: String

    /// `$VISUAL`, `$EDITOR`, or else the first there is of `editor` and `vi`; nil where none is.
    init?(environment: [String: String], isProgram: (String) -> Bool) {
        let chosen = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
            .first { text in text.contains { $0 != " " } }
        if let chosen {
            command = chosen
            return
        }
        let folders = environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        let known = ["editor", "vi"].first { name in
            folders.contains { isProgram("\($0)/\(name)") }
        }
        guard let known else { return nil }
        command = known
    }

    /// Opens a file and waits until the editor has ended. Nil is success; otherwise how it ended.
    ///
    /// It stays in our process group, and so in the terminal's foreground: what is typed goes to it,
    /// and Ctrl-Z stops both. Ctrl-C goes to both, too, and is the editor's business alone.
    ///
    /// - Parameter keepsOutput: whether standard output is for a result of ours, so that the editor
    ///   has to draw elsewhere.
    func open(_ path: String, keepsOutput: Bool) throws(CommandError) -> String? {
        let ignored = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
        defer { for (number, before) in ignored { signal(number, before) } }
        let command = command
        let status: TerminationStatus
        do {
            status = try runBlocking { () async throws in
                try await Subprocess.run(
                    .name("sh"),
                    // As git does it: the shell takes the command apart, and never the path.
                    arguments: ["-c", "\(command) \"$@\"", command, path],
                    input: .currentStandardInput,
                    output: keepsOutput ? .currentStandardError : .currentStandardOutput,
                    error: .currentStandardError
                ).terminationStatus
            }
        } catch {
            throw CommandError(.storeFailed, "the editor \(command) cannot be started: \(error)")
        }
        switch status {
        case .exited(0): return nil
        case .exited(127): return "there is no editor \(command)"
        case .exited(let code): return "the editor ended with \(code)"
        case .signaled(let number): return "the editor was ended by signal \(number)"
        }
    }
}
