/// A place in the bytes of an XML text, and the steps a reader takes from there.
struct XMLCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The line that the cursor is in, from 1.
    var line: Int { 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") } }

    func stands(before literal: StaticString) -> Bool {
        let end = position + literal.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        return literal.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
    }

    mutating func skip(_ literal: StaticString) -> Bool {
        guard stands(before: literal) else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    /// Skips white space and says whether there was some.
    mutating func skipSpace() -> Bool { !take(while: Self.isSpace).isEmpty }

    /// What stands before the first byte that does not fit.
    mutating func take(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, fits(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// What stands before a literal, which is skipped; nil where it does not come any more.
    mutating func take(through literal: StaticString) -> ArraySlice<UInt8>? {
        let start = position
        let first = literal.utf8Start.pointee
        while next != nil {
            _ = take { $0 != first }
            let end = position
            if skip(literal) { return bytes[start..<end] }
            position = min(position + 1, bytes.count)
        }
        return nil
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
