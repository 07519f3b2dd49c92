import ArmProtocol
import ArmSync
import ArmSyncTestKit
import JSONDocument
import Testing

/// Random histories of several stations, rivals, faults and kills around one document.
@Suite struct HistoryTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `no history loses an edit or overwrites what its station had not read`(
        batch: UInt64
    ) throws {
        for number in 0..<100 {
            let seed = batch * 1000 + UInt64(number)
            var history = History(seed: seed)
            try history.run()
            #expect(history.server.unseenSaves.isEmpty, "seed \(seed)")
            #expect(history.lost.isEmpty, "seed \(seed)")
            #expect(history.overwritten.isEmpty, "seed \(seed)")
            #expect(history.repeated.isEmpty, "seed \(seed)")
            #expect(history.disagreements.isEmpty, "seed \(seed)")
        }
    }
}
