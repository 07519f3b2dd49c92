import SeededRandom
import Testing

@testable import ArmSyncCurl

@Suite("Sequence numbers")
struct SequenceNumbersTests {
    @Test("start over after 9999, and leave zero to the server")
    func startOver() {
        var numbers = SequenceNumbers(startingAfter: 9997)
        #expect((0..<4).map { _ in numbers.take() } == [9998, 9999, 1, 2])
    }

    @Test("are not given out twice while one is in use or its answer may still come")
    func inUse() {
        var numbers = SequenceNumbers(startingAfter: 9998)
        #expect(numbers.take() == 9999)
        #expect(numbers.take() == 1)
        numbers.owe(1)
        numbers.release(1)
        var next = SequenceNumbers.range.map { _ in numbers.take() }
        #expect(next.count { $0 == nil } == 2)
        #expect(!next.contains(1) && !next.contains(9999))
        numbers.settle([1])
        numbers.release(9999)
        next = (0..<3).map { _ in numbers.take() }
        #expect(Set(next) == [1, 9999, nil])
    }

    @Test("are never in two hands, whatever happens to them", arguments: 0..<20 as Range<UInt64>)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var numbers = SequenceNumbers(startingAfter: random.below(9999))
        var held: Set<Int> = []
        var owed: Set<Int> = []
        for _ in 0..<30_000 {
            if let number = held.randomElement(using: &random), random.oneIn(2) {
                held.remove(number)
                if random.oneIn(3) {
                    numbers.owe(number)
                    owed.insert(number)
                }
                numbers.release(number)
            } else if let number = numbers.take() {
                #expect(SequenceNumbers.range.contains(number), "seed \(seed)")
                #expect(!owed.contains(number), "seed \(seed)")
                #expect(held.insert(number).inserted, "seed \(seed)")
            }
            if random.oneIn(500) {
                numbers.settle(owed)
                owed = []
            }
        }
    }
}
