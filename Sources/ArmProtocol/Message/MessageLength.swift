/// What a header's length counts. The vendor's samples are ASCII, where both are the same.
public enum MessageLength: String, Hashable, Sendable, CaseIterable {
    /// Bytes.
    case bytes
    /// Unicode code points.
    case characters

    /// How many a message has.
    func count(in message: some Collection<UInt8>) -> Int {
        switch self {
        case .bytes: message.count
        // Each character has one byte that continues no other.
        case .characters: message.count { $0 & 0xC0 != 0x80 }
        }
    }
}
