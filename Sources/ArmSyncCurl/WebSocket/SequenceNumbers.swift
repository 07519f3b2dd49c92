/// Which request an answer belongs to is told by a number of four digits alone. So a number is given
/// out again only when nothing can come any more that bears it.
///
/// Going round through all of them before the first comes again, a number also rests as long as it
/// can.
struct SequenceNumbers {
    /// Zero is left out: a server is likely to put it on what nobody asked for.
    static let range = 1...9999

    private var last: Int
    /// Of requests that have not ended yet.
    private var taken: Set<Int> = []
    /// Of requests that ended unanswered, on a connection on which the answer may still come.
    private var owed: Set<Int> = []

    init(startingAfter last: Int = 0) { self.last = last }

    /// The next free one; nil where every number is taken or owed.
    mutating func take() -> Int? {
        for _ in Self.range {
            last = last == Self.range.upperBound ? Self.range.lowerBound : last + 1
            guard !owed.contains(last), taken.insert(last).inserted else { continue }
            return last
        }
        return nil
    }

    /// Its request has ended.
    mutating func release(_ number: Int) { taken.remove(number) }

    /// Its request ends, and the answer may still come.
    mutating func owe(_ number: Int) { owed.insert(number) }

    /// The answers to these have come, or cannot come any more.
    mutating func settle(_ numbers: some Sequence<Int>) { owed.subtract(numbers) }
}
