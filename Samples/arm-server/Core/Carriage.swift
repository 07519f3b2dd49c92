/// How an answer travels over a WebSocket.
enum Carriage: Sendable, Equatable {
    /// One message, one frame.
    case plain
    /// With another sequence number than the request's; nil for one that is far from it.
    case wrongNumber(Int?)
    /// With a header that says one byte more than there is.
    case wrongLength
    /// With a version that nobody knows.
    case wrongVersion
    /// Held back until there are that many, and sent last first.
    case reversed(count: Int)
    /// Behind messages that answer nothing.
    case noisy(rounds: Int)
    /// In that many frames, with control frames between them.
    case fragmented(count: Int)
    /// Its first half as a fragment, and then a Close frame.
    case brokenOff
    /// The first half of its frame, and never a byte more of anything.
    case stalled
    /// Two times.
    case twice
    /// As a binary message.
    case binary
    /// In a frame that RFC 6455 forbids.
    case illegal(Illegality)

    enum Illegality: String, Sendable, CaseIterable {
        /// Masked, which only a client's frames are.
        case masked
        /// With a reserved bit set, though no extension was agreed upon.
        case reserved
        /// Text that is not UTF-8.
        case encoding
        /// Said to be a terabyte long.
        case endless
        /// A continuation of nothing.
        case continuation
    }
}
