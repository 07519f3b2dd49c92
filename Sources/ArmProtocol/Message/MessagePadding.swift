/// What fills a command's name up to its 32 bytes. The vendor's samples do not show it.
public enum MessagePadding: String, Hashable, Sendable, CaseIterable {
    /// Spaces.
    case spaces
    /// NUL bytes.
    case nuls

    /// The byte that is written.
    var byte: UInt8 {
        switch self {
        case .spaces: UInt8(ascii: " ")
        case .nuls: 0
        }
    }
}

extension UInt8 {
    /// Whether a byte is padding, whichever a server prefers.
    var isMessagePadding: Bool { self == UInt8(ascii: " ") || self == 0 }
}
