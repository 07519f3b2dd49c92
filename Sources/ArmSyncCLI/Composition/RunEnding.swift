import Synchronization

/// Ends a run before its work is done, and remembers why.
final class RunEnding: Sendable {
    enum Cause: Equatable, Sendable {
        /// A signal of that number.
        case signal(Int32)
        case outOfTime
    }

    private struct State {
        var cause: Cause?
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The first cause there was.
    var cause: Cause? { state.withLock { $0.cause } }

    /// Cancels the work, or the work that is yet to begin.
    func end(because cause: Cause) {
        let cancel = state.withLock { state in
            if state.cause == nil { state.cause = cause }
            return state.cancel
        }
        // Outside the lock: what cancelling sets off may ask for the cause.
        cancel?()
    }

    /// Does the work, and cancels it where it has not ended within the limit.
    func run<Success: Sendable>(
        within limit: Duration?,
        _ work: @escaping @Sendable () async -> Success
    ) async -> Success {
        let task = Task { await work() }
        let isEnded = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.cause != nil
        }
        if isEnded { task.cancel() }
        let timer = limit.map { limit in
            Task {
                guard (try? await Task.sleep(for: limit)) != nil else { return }
                self.end(because: .outOfTime)
            }
        }
        defer { timer?.cancel() }
        return await task.value
    }
}
