import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Random histories of several stations, rivals, faults and kills around one document.
@Suite struct HistoryTests {
    @Test(arguments: 0..<10 as Range<UInt64>)
    func `no history loses an accepted edit, and all agree in the end`(batch: UInt64) throws {
        for number in 0..<100 {
            let seed = batch * 1000 + UInt64(number)
            var history = History(seed: seed)
            try history.run()
            #expect(history.lost.isEmpty, "seed \(seed)")
            #expect(history.complaints.isEmpty, "seed \(seed)")
        }
    }

    /// What watches are for: without them the same histories lose edits.
    @Test func `without watches a rival's late save wipes out what was saved before`() throws {
        var losses = 0
        for seed in 0..<100 as Range<UInt64> {
            var conditions = History.Conditions()
            conditions.watches = false
            var history = History(seed: seed, under: conditions)
            try history.run()
            losses += history.lost.isEmpty ? 0 : 1
        }
        #expect(losses > 10)
    }
}
