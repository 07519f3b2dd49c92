private import Synchronization

/// A value under a lock, to be shared.
final class Synchronized<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock { (value) throws(Failure) in try body(&value) }
    }

    /// Nil where somebody else has the lock.
    var valueIfAvailable: Value? { mutex.withLockIfAvailable { $0 } }
}
