import ArmSync
import CLibcurl
import Glibc

/// One easy handle, used for one request after another.
///
/// It belongs to the loop's thread: libcurl calls back only from there, so nothing here is locked.
final class CurlTransfer {
    typealias Job = CurlJob<CurlRequest, CurlReply>

    let plan: CurlPlan
    let handle: CurlHandle
    /// Those of the request under way, or of the last one: libcurl has only a pointer to them.
    var headerLines: CurlHeaderLines?
    private(set) var job: Job?

    private var body: [UInt8] = []
    private var bodySent = 0
    private var received: [UInt8] = []
    private var overLimit = false

    init(library: CurlLibrary, plan: CurlPlan) throws(TransportFailure) {
        self.plan = plan
        handle = try CurlHandle(library: library, plan: plan)
        try setLastingOptions()
    }

    /// Takes a request up; adding the handle to a multi handle then sends it.
    func begin(_ job: Job) throws(TransportFailure) {
        self.job = job
        handle.clearDetail()
        body = job.request.body
        bodySent = 0
        received = []
        overLimit = false
        try setOptions(for: job.request)
    }

    /// Ends the request with what libcurl said of it.
    func finish(_ code: CURLcode) {
        settle(code == CURLE_OK ? .success(reply) : .failure(failure(code)))
    }

    /// Ends the request for a reason of ours.
    func abandon(_ reason: TransportFailure) {
        var failure = reason
        failure.kind = .interrupted(whileConnecting: !handle.connected && bodySent == 0)
        settle(.failure(failure))
    }

    private func settle(_ outcome: Result<CurlReply, TransportFailure>) {
        let ended = job
        job = nil
        body = []
        received = []
        ended?.end(outcome)
    }
}

// MARK: - What libcurl calls

extension CurlTransfer {
    /// Hands out the next bytes of the body.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, body.count - bodySent)
        buffer.copyBytes(from: body[bodySent..<bodySent + count])
        bodySent += count
        return count
    }

    /// Goes back to an offset, for a body that may be sent again.
    func seek(to offset: Int) -> Bool {
        guard body.indices.contains(offset) else { return false }
        bodySent = offset
        return true
    }

    /// Takes bytes of the answer, inflated already; refuses those past the limit. It is here that
    /// they are counted, since libcurl's own limit sees neither chunked nor compressed bodies.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard received.count + bytes.count <= CurlPlan.responseLimit else {
            overLimit = true
            return bytes.count &+ 1
        }
        received.append(contentsOf: bytes)
        return bytes.count
    }
}

// MARK: - What came of it

extension CurlTransfer {
    private var reply: CurlReply {
        let seconds = handle.offset(CURLINFO_RETRY_AFTER)
        return CurlReply(
            status: handle.long(CURLINFO_RESPONSE_CODE),
            retryAfter: seconds > 0 ? .seconds(seconds) : nil,
            body: received
        )
    }

    private func failure(_ code: CURLcode) -> TransportFailure {
        handle.end(code, bodyBegan: bodySent > 0, overLimit: overLimit).failure(plan)
    }
}
