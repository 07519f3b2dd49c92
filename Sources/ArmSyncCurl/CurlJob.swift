import ArmSync

/// One request on its way to the thread that owns libcurl's handles.
struct CurlJob: Sendable {
    let id: UInt64
    let url: String
    let body: [UInt8]
    /// Whether libcurl may send it once more by itself, when a kept connection turns out closed.
    let mayRepeat: Bool
    let credentials: Credentials
    let continuation: CheckedContinuation<CurlOutcome, Never>

    func end(_ outcome: CurlOutcome) { continuation.resume(returning: outcome) }
}

/// How it ended: a response in full, whatever it says, or none.
typealias CurlOutcome = Result<CurlReply, TransportFailure>

/// A response in full.
struct CurlReply: Sendable {
    var status: Int
    var retryAfter: Duration?
    var body: [UInt8]
}
