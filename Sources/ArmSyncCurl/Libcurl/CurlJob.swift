import ArmSync

/// One request on its way to the thread that owns libcurl's handles.
struct CurlJob<Request: Sendable, Reply: Sendable>: Sendable {
    let id: UInt64
    let request: Request
    let continuation: CheckedContinuation<Result<Reply, TransportFailure>, Never>

    func end(_ outcome: Result<Reply, TransportFailure>) {
        continuation.resume(returning: outcome)
    }
}
