import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Random histories of several stations, rivals, faults and kills around one document.
@Suite struct HistoryTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `no history loses an accepted edit, and all agree in the end`(batch: UInt64) throws {
        for number in 0..<100 {
            let seed = batch * 1000 + UInt64(number)
            var history = History(seed: seed)
            try history.run()
            #expect(history.lost.isEmpty, "seed \(seed)")
            #expect(history.complaints.isEmpty, "seed \(seed)")
        }
    }
}
