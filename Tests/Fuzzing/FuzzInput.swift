/// One input that stands for several things.
///
/// The marks between them are bytes that a mutation hits often, and the corpora can be read.
enum FuzzInput {
    /// The lines, at least so many: empty ones where there are fewer. The last has all the rest.
    static func lines(_ bytes: [UInt8], _ count: Int) -> [[UInt8]] {
        parts(bytes, count, UInt8(ascii: "\n"))
    }

    /// What stands between NUL bytes.
    static func words(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    }

    /// The first byte, which says how the rest is to be used, and the rest.
    static func headed(_ bytes: [UInt8]) -> (head: UInt8, rest: [UInt8]) {
        (bytes.first ?? 0, Array(bytes.dropFirst()))
    }

    private static func parts(_ bytes: [UInt8], _ count: Int, _ separator: UInt8) -> [[UInt8]] {
        let found = bytes.split(
            separator: separator,
            maxSplits: count - 1,
            omittingEmptySubsequences: false
        )
        return found.map(Array.init) + Array(repeating: [], count: count - found.count)
    }
}
