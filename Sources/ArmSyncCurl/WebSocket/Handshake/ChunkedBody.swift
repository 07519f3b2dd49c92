/// A body in chunks (RFC 9112, section 7.1), as far as it can be read.
struct ChunkedBody {
    /// What is in the chunks, the last of them perhaps in part.
    private(set) var bytes: [UInt8] = []
    /// Whether nothing more is to come: the last chunk was there, or what came are no chunks.
    private(set) var isComplete = false

    init(_ encoded: [UInt8]) {
        let lineEnd = Array("\r\n".utf8)
        var rest = encoded[...]
        while let line = rest.firstRange(of: lineEnd) {
            let digits = rest[..<line.lowerBound].prefix { $0 != UInt8(ascii: ";") }
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            guard let size, size > 0 else {
                isComplete = true
                return
            }
            rest = rest[line.upperBound...]
            bytes += rest.prefix(size)
            guard rest.count - lineEnd.count >= size else { return }
            rest = rest.dropFirst(size + lineEnd.count)
        }
    }
}
