/// What a message may hold, so that no response costs more memory or stack than we can name.
///
/// Requests keep to the same limits: what is saved must be readable again.
enum XMLLimits {
    /// Elements inside one another; bounds every recursion over a tree.
    static let depth = 64
    /// Attributes of one element.
    static let attributes = 256
    /// Elements, texts and attributes of one message together: about 100 MB as a tree, and more
    /// than a tree of 4 MiB of JSON usually has.
    static let nodes = 1 << 19
    /// What the envelope around `user_data` may take of `nodes`.
    static let envelopeNodes = 64
    /// Levels above `user_data` in a response: `out` and `response`.
    static let envelopeDepth = 2
    /// Bytes kept of the server's `error` element.
    static let errorElement = 4096
    /// Bytes kept of an error's code.
    static let errorCode = 256
    /// Bytes of a name from outside that a message for people repeats.
    static let quotedName = 64
    /// Bytes of a place that one repeats: more than the way to the deepest node takes.
    static let writtenPlace = 1024
}
