import Synchronization

/// Time that passes when nothing is left to do, and the one thread on which everything that waits
/// for it takes its turns.
///
/// Whatever runs in a task of this executor runs in the same order each time: jobs in the order in
/// which they became ready, sleepers in the order of their moments.
final class VirtualTime: TaskExecutor {
    private struct Sleeper {
        var moment: Int64
        var continuation: UnsafeContinuation<Void, Never>
    }

    private struct Contents {
        var now: Int64 = 0
        var jobs: [UnownedJob] = []
        var nextJob = 0
        /// The latest first; of one moment, the one that came last.
        var sleepers: [Sleeper] = []
    }

    private let contents = Mutex(Contents())

    /// Milliseconds since the simulation began.
    var now: Int64 { contents.withLock { $0.now } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        contents.withLock { $0.jobs.append(job) }
    }

    /// Returns so many milliseconds later.
    func sleep(_ milliseconds: Int64) async {
        await withUnsafeContinuation { continuation in
            contents.withLock { contents in
                let moment = contents.now + max(0, milliseconds)
                let index = contents.sleepers.firstIndex { $0.moment <= moment }
                let place = index ?? contents.sleepers.endIndex
                contents.sleepers.insert(
                    Sleeper(moment: moment, continuation: continuation),
                    at: place
                )
            }
        }
    }

    /// Begins a task that goes on beside the one that begins it.
    func begin(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: self) { await body() }
    }

    /// Runs the body and all it begins, to the end; time passes whenever all of them sleep.
    func run(_ body: @escaping @Sendable () async -> Void) {
        begin(body)
        while true {
            if let job = nextJob() {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if let sleeper = nextSleeper() {
                sleeper.resume()
            } else {
                return
            }
        }
    }

    private func nextJob() -> UnownedJob? {
        contents.withLock { contents in
            guard contents.nextJob < contents.jobs.count else {
                contents.jobs.removeAll(keepingCapacity: true)
                contents.nextJob = 0
                return nil
            }
            defer { contents.nextJob += 1 }
            return contents.jobs[contents.nextJob]
        }
    }

    private func nextSleeper() -> UnsafeContinuation<Void, Never>? {
        contents.withLock { contents in
            guard let sleeper = contents.sleepers.popLast() else { return nil }
            contents.now = sleeper.moment
            return sleeper.continuation
        }
    }
}
