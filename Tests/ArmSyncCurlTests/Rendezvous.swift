import Foundation

/// Holds threads until that many have come; then lets them go together and starts over.
final class Rendezvous: @unchecked Sendable {
    // Because: the condition guards both counts.
    private let condition = NSCondition()
    private let size: Int
    private var arrived = 0
    private var round = 0

    init(of size: Int) { self.size = size }

    func meet() {
        condition.lock()
        defer { condition.unlock() }
        arrived += 1
        if arrived == size {
            arrived = 0
            round += 1
            condition.broadcast()
            return
        }
        let mine = round
        while round == mine { condition.wait() }
    }
}
