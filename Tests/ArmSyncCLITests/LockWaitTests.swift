import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("Waiting for a running sync")
struct LockWaitTests {
    private struct Lock: SyncLock {
        func unlock() {}
    }

    /// Tries until the lock is free after so much time; the time waited.
    private func wait(
        _ patience: Duration,
        freeAfter free: Duration,
        error: StoreError = StoreError(.busy(processID: 7), "another sync is running")
    ) -> (waited: Duration, tries: Int, isTaken: Bool) {
        var (waited, tries) = (Duration.zero, 0)
        let attempt = { () throws(StoreError) -> any SyncLock in
            tries += 1
            guard waited >= free else { throw error }
            return Lock()
        }
        let lock = try? LockWait(patience: patience).take(attempt) { waited += $0 }
        return (waited, tries, lock != nil)
    }

    @Test("without patience it is tried once")
    func impatient() {
        #expect(wait(.zero, freeAfter: .seconds(1)) == (.zero, 1, false))
        #expect(wait(.zero, freeAfter: .zero) == (.zero, 1, true))
    }

    @Test("it is taken soon after it is free, and not a moment of patience longer is waited")
    func patient() {
        #expect(wait(.seconds(5), freeAfter: .milliseconds(450)) == (.milliseconds(500), 6, true))
        let late = wait(.milliseconds(450), freeAfter: .seconds(1))
        #expect(late == (.milliseconds(450), 6, false))
        #expect(wait(.milliseconds(450), freeAfter: .milliseconds(450)).isTaken)
    }

    @Test("whoever gives the wait up is told at once why there is none")
    func givenUp() {
        var waited = Duration.zero
        let busy = StoreError(.busy(processID: 7), "another sync is running")
        let error = #expect(throws: StoreError.self) {
            try LockWait(patience: .seconds(5)).take(
                { () throws(StoreError) in throw busy },
                isGivenUp: { waited >= .milliseconds(300) },
                pause: { waited += $0 }
            )
        }
        #expect(error == busy)
        #expect(waited == .milliseconds(300))
    }

    @Test("only a running sync is waited for")
    func otherFailures() {
        let result = wait(.seconds(5), freeAfter: .seconds(1), error: StoreError(.failed, "full"))
        #expect(result == (.zero, 1, false))
    }
}

@Suite("Ending a run early")
struct RunEndingTests {
    @Test("cancels the work, whenever it is asked, and remembers the first reason")
    func cancels() async {
        let before = RunEnding()
        before.end(because: .signal(15))
        before.end(because: .outOfTime)
        #expect(await before.run(within: nil) { Task.isCancelled })
        #expect(before.cause == .signal(15))

        let during = RunEnding()
        let isCancelled = await during.run(within: nil) {
            during.end(because: .signal(2))
            return Task.isCancelled
        }
        #expect(isCancelled)
    }

    @Test("a limit ends what would go on for ever, and nothing that ends by itself")
    func limit() async {
        let endless = RunEnding()
        await endless.run(within: .milliseconds(1)) {
            while !Task.isCancelled { await Task.yield() }
        }
        #expect(endless.cause == .outOfTime)
        let short = RunEnding()
        #expect(await short.run(within: .seconds(3600)) { 7 } == 7)
        #expect(short.cause == nil)
    }
}
