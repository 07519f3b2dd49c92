import Dispatch
import Foundation
import Synchronization

/// Many histories, on as many threads as there are processors.
final class SimulationRun: Sendable {
    /// Most findings that are made short and shown.
    static let reportLimit = 10
    /// Findings after which there is no use in going on.
    private static let findingLimit = 100
    private static let batch: UInt64 = 50

    private struct Contents {
        var next: UInt64
        var played = 0
        var findings: [Finding] = []
        var unwatched = 0
        var seconds = 0.0
    }

    private let seeds: Range<UInt64>
    private let mistake: Mistake?
    private let contents: Mutex<Contents>

    init(_ seeds: Range<UInt64>, making mistake: Mistake? = nil) {
        self.seeds = seeds
        self.mistake = mistake
        contents = Mutex(Contents(next: seeds.lowerBound))
    }

    /// What went wrong, in the order of the seeds.
    var findings: [Finding] {
        contents.withLock { $0.findings }.sorted { $0.seed < $1.seed }
    }

    /// One line of figures.
    var summary: String {
        let contents = contents.withLock {
            ($0.played, $0.findings.count, $0.unwatched, Int(Double($0.played) / $0.seconds))
        }
        return "\(contents.0) histories from seed \(seeds.lowerBound), \(contents.1) went wrong; "
            + "\(contents.2) edits were overwritten unwatched; \(contents.3) histories a second"
    }

    func play() {
        let start = DispatchTime.now().uptimeNanoseconds
        let threads = ProcessInfo.processInfo.activeProcessorCount
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while let seeds = nextSeeds() {
                for seed in seeds { play(seed) }
            }
        }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        contents.withLock { $0.seconds = seconds }
    }

    private func nextSeeds() -> Range<UInt64>? {
        contents.withLock { contents in
            let first = contents.next
            guard first < seeds.upperBound, contents.findings.count < Self.findingLimit else {
                return nil
            }
            contents.next = min(first + Self.batch, seeds.upperBound)
            return first..<contents.next
        }
    }

    private func play(_ seed: UInt64) {
        let story = Story(random: seed)
        let unwatched: Int
        let complaints: [String]
        do {
            let playthrough = try Playthrough(story, making: mistake)
            playthrough.play()
            unwatched = playthrough.account.unwatched
            complaints = playthrough.account.complaints
        } catch {
            unwatched = 0
            complaints = ["it cannot begin: \(error)"]
        }
        contents.withLock { contents in
            contents.played += 1
            contents.unwatched += unwatched
            guard !complaints.isEmpty else { return }
            contents.findings.append(
                Finding(seed: seed, mistake: mistake, story: story, complaints: complaints)
            )
        }
    }
}
