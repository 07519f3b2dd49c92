import Synchronization
import Testing

/// What a part of the torture tried and what it found, told in one line.
final class Tally: Sendable {
    /// More than so many complaints tell nothing more.
    private static let complaintLimit = 20

    private let part: String
    private let subject: String
    private let counts = Mutex<[(name: String, count: Int)]>([])
    private let complaints = Mutex<[String]>([])

    /// - Parameters:
    ///   - part: the word for it that `scripts/torture` knows.
    ///   - subject: what of it.
    init(_ part: String, _ subject: String = "") {
        self.part = part
        self.subject = subject.isEmpty ? "" : " \(subject)"
    }

    func count(_ name: String, _ more: Int = 1) {
        counts.withLock { counts in
            if let index = counts.firstIndex(where: { $0.name == name }) {
                counts[index].count += more
            } else {
                counts.append((name, more))
            }
        }
    }

    /// - Parameter options: how it is played alone.
    func complain(_ options: String, _ complaint: String) {
        let line = "scripts/torture \(part) \(options)\n\(complaint)"
        complaints.withLock { $0.append(line) }
    }

    var isFull: Bool { complaints.withLock { $0.count >= Self.complaintLimit } }

    /// Prints the line; a failure of the test where anything was wrong.
    func tell(sourceLocation: SourceLocation = #_sourceLocation) {
        let found = complaints.withLock { $0 }
        let parts = counts.withLock { $0.map { "\($0.count) \($0.name)" } }
        print("\(part)\(subject): \((parts + ["\(found.count) failures"]).joined(separator: ", "))")
        if parts.isEmpty {
            Issue.record("\(part)\(subject): nothing was tried", sourceLocation: sourceLocation)
        }
        for complaint in found {
            Issue.record("\(complaint)", sourceLocation: sourceLocation)
        }
    }
}
