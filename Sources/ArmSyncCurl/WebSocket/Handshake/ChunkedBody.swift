/// A body in chunks (RFC 9112, section 7.1), as far as it can be read, in pieces of any size.
struct ChunkedBody {
    private enum Place {
        /// In the line that says how long the next chunk is.
        case size
        /// So many bytes before the end of a chunk.
        case data(Int)
        /// So many bytes before the end of the line break behind it.
        case lineBreak(Int)
    }

    /// What is in the chunks, the last of them perhaps in part.
    private(set) var bytes: [UInt8] = []
    /// Whether nothing more is to come: the last chunk was there, or what came are no chunks.
    private(set) var isComplete = false
    private var place = Place.size
    /// What has come of the line with the size.
    private var line: [UInt8] = []

    private static let lineEnd = Array("\r\n".utf8)

    /// Takes more of what came.
    mutating func read(_ piece: ArraySlice<UInt8>) {
        var rest = piece
        while !isComplete, let byte = rest.first {
            switch place {
            case .size:
                rest = rest.dropFirst()
                line.append(byte)
                if line.suffix(2).elementsEqual(Self.lineEnd) { begin() }
            case .data(let count):
                let taken = rest.prefix(count)
                bytes += taken
                rest = rest.dropFirst(taken.count)
                let left = count - taken.count
                place = left > 0 ? .data(left) : .lineBreak(Self.lineEnd.count)
            case .lineBreak(let count):
                rest = rest.dropFirst()
                place = count > 1 ? .lineBreak(count - 1) : .size
            }
        }
    }

    private mutating func begin() {
        let digits = line.dropLast(Self.lineEnd.count).prefix { $0 != UInt8(ascii: ";") }
        line = []
        guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size > 0 else {
            isComplete = true
            return
        }
        place = .data(size)
    }
}
