/// Looks at eight bytes at once.
enum JSONScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// A one bit in the lowest of eight bytes that is a quotation mark, a backslash, a control or
    /// not ASCII; what lies above that bit has no meaning.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let word = UInt64(littleEndian: word)
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let deletes = word ^ (ones &* 0x7F)
        // Subtracting borrows through a byte exactly where it is less, and from there upwards.
        let found =
            ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
            | ((deletes &- ones) & ~deletes) | ((word &- (ones &* 0x20)) & ~word) | word
        return found & (ones << 7)
    }

    /// A number that is the same for the same bytes, and seldom for others: cheaper than a hash,
    /// and no defence against chosen bytes.
    @inline(__always)
    static func digest(_ bytes: Span<UInt8>) -> UInt64 {
        let count = bytes.count
        guard count >= 4 else {
            var digest = UInt64(count)
            for index in bytes.indices { digest = digest << 8 | UInt64(bytes[index]) }
            return digest
        }
        let raw = bytes.bytes
        guard count >= 8 else {
            let first = raw.unsafeLoadUnaligned(as: UInt32.self)
            let last = raw.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            return UInt64(first) << 32 | UInt64(last)
        }
        let first = raw.unsafeLoadUnaligned(as: UInt64.self)
        let last = raw.unsafeLoadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        return first &* 0x9E37_79B9_7F4A_7C15 ^ last ^ UInt64(count)
    }
}
