import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("Exit codes")
struct ExitStatusTests {
    /// Swift Testing has an `ExitStatus` of its own.
    typealias Code = ArmSyncCLI.ExitStatus

    @Test("where several apply, the first of the contract's order wins")
    func precedence() {
        let order: [Code] = [
            .configuration, .storeFailed, .unauthenticated, .needsPerson, .notNow, .done,
        ]
        #expect(order.map(\.rawValue) == [78, 74, 77, 1, 75, 0])
        for (index, winner) in order.enumerated() {
            for loser in order[index...] {
                #expect(Code.worst([winner, loser]) == winner)
                #expect(Code.worst([loser, winner, loser]) == winner)
            }
        }
        #expect(Code.worst([]) == .done)
    }

    @Test(
        "of a store that failed",
        arguments: [
            (StoreError.Code.failed, Code.storeFailed), (.unreadable, .storeFailed),
            (.busy(processID: 7), .notNow), (.busy(processID: nil), .notNow), (.unusableID, .usage),
        ]
    )
    func store(code: StoreError.Code, status: Code) {
        #expect(CommandError(StoreError(code, "why")).status == status)
    }
}
