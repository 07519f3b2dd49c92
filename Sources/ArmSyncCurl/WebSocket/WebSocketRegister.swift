import Synchronization

/// What the tasks that send and the thread that owns the connection share: the numbers in use, and what
/// is counted.
final class WebSocketRegister: Sendable {
    private struct State {
        var numbers = SequenceNumbers()
        var skippedMessages = 0
        var connections = 0
    }

    private let state = Mutex(State())

    func take() -> Int? { state.withLock { $0.numbers.take() } }
    func release(_ number: Int) { state.withLock { $0.numbers.release(number) } }
    func owe(_ number: Int) { state.withLock { $0.numbers.owe(number) } }
    func settle(_ numbers: some Sequence<Int> & Sendable) {
        state.withLock { $0.numbers.settle(numbers) }
    }

    func countSkipped() { state.withLock { $0.skippedMessages += 1 } }
    func countConnection() { state.withLock { $0.connections += 1 } }
    var skippedMessages: Int { state.withLock { $0.skippedMessages } }
    var connections: Int { state.withLock { $0.connections } }
}
