internal import JSONDocument

/// What tells one content of the cache file from another: its length and its check sum.
enum CacheDigest: Hashable, Sendable {
    /// There is no file.
    case absent
    case bytes(length: Int, checksum: String)

    init(of bytes: [UInt8]?) {
        self =
            bytes.map { .bytes(length: $0.count, checksum: CRC32C.text(of: $0[...])) } ?? .absent
    }

    /// Reads what `text` wrote.
    init?(text: String) {
        if text == Self.absent.text {
            self = .absent
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[0]), length >= 0,
            parts[1].utf8.count == CRC32C.digitCount
        else { return nil }
        self = .bytes(length: length, checksum: String(parts[1]))
    }

    /// How long the file is; nil where there is none.
    var length: Int? {
        if case .bytes(let length, _) = self { length } else { nil }
    }

    /// As journals hold it: `2048-1a2b3c4d`, or `absent`.
    var text: String {
        switch self {
        case .absent: "absent"
        case .bytes(let length, let checksum): "\(length)-\(checksum)"
        }
    }

    var json: JSONValue { .string(JSONString(text)) }
}
