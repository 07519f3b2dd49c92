import ArmProtocol
import ArmSync

/// The one line of a monitoring plug-in, and what it exits with.
///
/// The format is that of the Monitoring Plugins Development Guidelines: a service name and a status, text, a bar,
/// performance data as `label=value[unit];warning;critical;minimum`.
struct CheckLine {
    /// The exit codes of a plug-in.
    enum Level: Int32, Comparable {
        case ok = 0
        case warning = 1
        case critical = 2
        case unknown = 3

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

        var word: String {
            switch self {
            case .ok: "OK"
            case .warning: "WARNING"
            case .critical: "CRITICAL"
            case .unknown: "UNKNOWN"
            }
        }
    }

    let level: Level
    let text: String

    /// What the state of everything comes to.
    init(_ overview: Overview, warning: Duration, critical: Duration, at now: Timestamp) {
        let documents = overview.documents
        let age = documents.compactMap(\.oldestEditAt).min().map { max(now.since($0), .zero) }
        var findings: [(level: Level, text: String)] = []
        func find(_ level: Level, _ count: Int, _ text: String) {
            if count > 0 { findings.append((level, "\(count) \(text)")) }
        }
        let unreadable = documents.count { $0.stage == .unreadable }
        let held = documents.count { $0.stage == .held }
        let conflicts = documents.count { $0.stage == .conflict }
        find(.critical, unreadable, "unreadable")
        let rejects = overview.server.trouble?.kind == .unauthenticated
        if rejects { findings.append((.critical, "credentials not accepted")) }
        find(.warning, conflicts, "in conflict")
        find(.warning, held, "held")
        let refused = documents.count { $0.stage == .retrying && $0.needsPerson(at: now) }
        find(.warning, rejects ? 0 : refused, "failing until somebody helps")
        if let trouble = overview.server.trouble, trouble.needsAttention(at: now), !rejects {
            findings.append((.warning, trouble.message.printable))
        }
        if let age, overview.pendingEdits > 0 {
            let waits = "\(overview.pendingEdits.counted("edit")) waiting for \(age.rough)"
            findings.append((age > critical ? .critical : age > warning ? .warning : .ok, waits))
        }
        level = findings.map(\.level).max() ?? .ok
        let worst = findings.sorted { $0.level > $1.level }.map(\.text)
        let facts = worst.isEmpty ? ["\(documents.count.counted("document")), all saved"] : worst
        let data = [
            "documents=\(documents.count);;;0",
            "pending=\(overview.pendingEdits);;;0",
            "oldest_edit=\(age?.components.seconds ?? 0)s;"
                + "\(warning.components.seconds);\(critical.components.seconds);0",
            "conflicts=\(conflicts);0;;0", "held=\(held);0;;0", "unreadable=\(unreadable);;0;0",
        ]
        text = Self.line(level, facts.joined(separator: ", ")) + "|" + data.joined(separator: " ")
    }

    /// The line of a check that could not be made.
    init(unknown error: CommandError) {
        level = .unknown
        text = Self.line(.unknown, error.message)
    }

    private static func line(_ level: Level, _ facts: String) -> String {
        // A bar would begin the performance data, a new line the long output.
        let plain = facts.printable.split(separator: "|", omittingEmptySubsequences: false)
        return "ARM-SYNC \(level.word) - \(plain.joined(separator: "/"))"
    }
}
