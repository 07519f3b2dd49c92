import ArmSync
import Glibc

/// How far a run over many documents is: one line of a terminal, written over and over, and gone at
/// the end.
struct ProgressLine {
    /// Fewer documents are done before anybody wonders.
    static let threshold = 5

    let total: Int
    private var done = 0
    private var waiting = 0

    init(total: Int) { self.total = total }

    /// The line after one more document.
    mutating func advance(by report: SyncReport) -> String {
        done += 1
        if report.status != .done { waiting += 1 }
        return text
    }

    /// The line as it stands, without what brings the cursor there.
    var text: String {
        let start = "\(done) of \(total.counted("document"))"
        return waiting == 0 ? start : "\(start), \(waiting) waiting"
    }

    /// What writes a line over the one before.
    static func overwriting(_ text: String) -> String { "\r\(text)\u{1B}[K" }
}

extension Console {
    /// Whether somebody is watching who would like to know how far it is.
    func showsProgress(of count: Int, environment: [String: String]) -> Bool {
        !isQuiet && !isJSON && count >= ProgressLine.threshold
            && isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    }

    /// Writes over the line of progress; an empty one takes it away.
    static func progress(_ text: String) { warn(ProgressLine.overwriting(text), newline: false) }
}
