import ArmSync
import CLibcurl
import Glibc

/// One easy handle, used for one request after another.
///
/// It belongs to the loop's thread: libcurl calls back only from there, so nothing here is locked.
final class CurlTransfer {
    let library: CurlLibrary
    let plan: CurlPlan
    /// Those of the request under way, or of the last one: libcurl has only a pointer to them.
    var headerLines: CurlHeaderLines?
    let easy: UnsafeMutableRawPointer
    /// Where libcurl writes what exactly went wrong, such as why a certificate is not trusted.
    let detail: UnsafeMutablePointer<CChar>
    private(set) var job: CurlJob?

    private var body: [UInt8] = []
    private var bodySent = 0
    private var received: [UInt8] = []
    private var overLimit = false

    init(library: CurlLibrary, plan: CurlPlan) throws(TransportFailure) {
        guard let easy = library.table.pointee.easy_init() else { throw .noHandle }
        self.library = library
        self.plan = plan
        self.easy = easy
        detail = .allocate(capacity: Int(CURL_ERROR_SIZE))
        detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setLastingOptions()
    }

    deinit {
        library.table.pointee.easy_cleanup(easy)
        detail.deallocate()
    }

    /// Takes a request up; adding the handle to a multi handle then sends it.
    func begin(_ job: CurlJob) throws(TransportFailure) {
        self.job = job
        detail.pointee = 0
        body = job.body
        bodySent = 0
        received = []
        overLimit = false
        try setOptions(for: job)
    }

    /// Ends the request with what libcurl said of it.
    func finish(_ code: CURLcode) {
        settle(code == CURLE_OK ? .success(reply) : .failure(failure(code)))
    }

    /// Ends the request for a reason of ours.
    func abandon(_ reason: TransportFailure) {
        var failure = reason
        failure.kind = .interrupted(whileConnecting: !connected && bodySent == 0)
        settle(.failure(failure))
    }

    private func settle(_ outcome: CurlOutcome) {
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
        let seconds = offset(CURLINFO_RETRY_AFTER)
        return CurlReply(
            status: long(CURLINFO_RESPONSE_CODE),
            retryAfter: seconds > 0 ? .seconds(seconds) : nil,
            body: received
        )
    }

    private func failure(_ code: CURLcode) -> TransportFailure {
        CurlEnd(
            code: code.rawValue,
            connected: connected,
            bodyBegan: bodySent > 0,
            overLimit: overLimit,
            elapsed: .microseconds(offset(CURLINFO_TOTAL_TIME_T)),
            proxied: proxied,
            systemError: Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO)),
            words: library.words(for: code),
            detail: String(cString: detail)
        ).failure(plan)
    }

    private var proxied: Bool {
        if let proxy = plan.proxy { return !proxy.isEmpty }
        let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.contains { (name: String) in getenv(name).map { $0.pointee != 0 } ?? false }
    }

    private var connected: Bool { offset(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    private func long(_ info: CURLINFO) -> Int {
        var value = 0
        _ = libcurl_get_long(library.table, easy, info, &value)
        return value
    }

    private func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        _ = libcurl_get_offset(library.table, easy, info, &value)
        return Int64(value)
    }
}
