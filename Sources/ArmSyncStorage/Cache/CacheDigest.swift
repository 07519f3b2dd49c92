import JSONDocument

/// What tells one content of the cache file from another: its length and its check sum.
///
/// Kept as the text journals hold, because of the many in a journal only the last two are used as a
/// rule.
struct CacheDigest: Hashable, Sendable {
    /// `2048-1a2b3c4d`, `absent` or `behind`.
    let text: String

    /// There is no file.
    static let absent = CacheDigest(text: "absent")

    /// The file holds what it held before, and local has moved on: stands for the digest of a
    /// content that nobody has made yet.
    static let behind = CacheDigest(text: "behind")

    init(text: String) { self.text = text }

    init(of bytes: [UInt8]) { text = "\(bytes.count)-\(CRC32C.text(of: bytes[...]))" }

    init(of bytes: [UInt8]?) { self = bytes.map { CacheDigest(of: $0) } ?? .absent }

    /// How long the file is; nil where there is none.
    var length: Int? { Int(text.prefix { $0 != "-" }) }

    var json: JSONValue { .string(JSONString(text)) }
}
