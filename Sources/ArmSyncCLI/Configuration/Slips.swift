/// Slips of the hand between two words: letters left out, added, exchanged or turned round.
enum Slips {
    /// Whether there are so few that one word was probably meant for the other: none up to two
    /// letters, one up to five, two beyond.
    static func areFew(between word: String, and other: String) -> Bool {
        // What is much longer is no slip, and not worth a table.
        guard abs(word.count - other.count) <= 2, !word.isEmpty else { return false }
        return count(between: word, and: other) <= (word.count > 5 ? 2 : word.count > 2 ? 1 : 0)
    }

    /// How many there are at least. The time is that of one length times the other.
    static func count(between word: String, and other: String) -> Int {
        let (word, other) = (Array(word), Array(other))
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for (row, letter) in word.enumerated() {
            var current = [row + 1]
            for (column, candidate) in other.enumerated() {
                var least = min(
                    last[column] + (letter == candidate ? 0 : 1),
                    last[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, letter == other[column - 1], word[row - 1] == candidate {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            (beforeLast, last) = (last, current)
        }
        return last[other.count]
    }
}
