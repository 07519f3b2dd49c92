import Foundation
import Testing

@Suite("Random histories of two to five stations")
struct ConvergenceTests {
    /// A few of them; `scripts/converge` names more. How the processes interleave is not the seed's
    /// to say.
    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["ARM_SYNC_CONVERGE_FROM"].flatMap(UInt64.init) ?? 1
        let count = environment["ARM_SYNC_CONVERGE_SEEDS"].flatMap(UInt64.init) ?? 2
        return Array(first..<first + count)
    }()

    private static let steps = 25

    @Test(
        "end with one document everywhere, and no accepted edit is missing",
        arguments: seeds
    )
    func converge(seed: UInt64) throws {
        let history = try RandomHistory(seed: seed)
        do {
            for _ in 0..<Self.steps { try history.step() }
            let document = try history.converge()
            let violations = history.ledger.violations(in: document)
            #expect(violations == [], "seed \(seed)\n\(history.story.joined(separator: "\n"))")
        } catch {
            Issue.record("seed \(seed): \(error)\n\(history.story.joined(separator: "\n"))")
        }
    }
}
