import ArmSync

/// What a run was asked for, beside which documents.
struct SyncPlan {
    var mode = SyncMode()
    /// Whether it only tells what it would do.
    var isRehearsal = false
    /// How long to wait for a sync that is running.
    var patience: Duration = .zero
    /// How long the run may take once it has begun.
    var limit: Duration?
    /// Whether nobody is there to read what it has to say.
    var isUnattended = false
}

/// Waiting for the right to sync.
struct LockWait {
    /// Between two looks.
    static let interval: Duration = .milliseconds(100)

    let patience: Duration

    /// Takes the lock, or throws why not: at once without patience, and when it is at its end.
    ///
    /// Polled, not a blocking `flock` with an alarm: nothing else of a process hangs on a signal
    /// then, and a tenth of a second is nothing to the run that follows.
    ///
    /// - Parameters:
    ///   - isGivenUp: whether nobody waits any longer; asked after each pause.
    ///   - pause: lets that much time pass.
    func take(
        _ attempt: () throws(StoreError) -> any SyncLock,
        isGivenUp: () -> Bool = { false },
        pause: (Duration) -> Void
    ) throws(StoreError) -> any SyncLock {
        var left = patience
        while true {
            do throws(StoreError) {
                return try attempt()
            } catch {
                guard error.isBusy, left > .zero, !isGivenUp() else { throw error }
            }
            let step = min(left, Self.interval)
            pause(step)
            left -= step
        }
    }
}

extension StoreError {
    var isBusy: Bool {
        if case .busy = code { true } else { false }
    }
}
