import ArmSync

/// One request as libcurl takes it.
struct CurlRequest: Sendable {
    let url: String
    let body: [UInt8]
    /// Whether libcurl may send it once more by itself, when a kept connection turns out closed.
    let mayRepeat: Bool
    let credentials: Credentials
}

/// A response in full.
struct CurlReply: Sendable {
    var status: Int
    var retryAfter: Duration?
    var body: [UInt8]
}
