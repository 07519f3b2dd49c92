import Dispatch
import Synchronization

/// Runs asynchronous work from the main thread and waits for its end.
///
/// The main thread is none of Swift's cooperative pool, so that waiting here holds nothing up; and a
/// command that needs no network starts faster without an asynchronous entry point.
func runBlocking<Success: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () async throws(Failure) -> Success
) throws(Failure) -> Success {
    let outcome = Outcome<Success, Failure>()
    Task {
        do throws(Failure) {
            outcome.end(with: .success(try await work()))
        } catch {
            outcome.end(with: .failure(error))
        }
    }
    return try outcome.wait().get()
}

/// A result that one thread waits for and a task delivers.
private final class Outcome<Success: Sendable, Failure: Error>: Sendable {
    private let result = Mutex<Result<Success, Failure>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func end(with result: Result<Success, Failure>) {
        self.result.withLock { $0 = result }
        done.signal()
    }

    func wait() -> Result<Success, Failure> {
        while true {
            done.wait()
            if let result = result.withLock({ $0 }) { return result }
        }
    }
}
