import ArmSync
import CLibcurl
import Glibc

/// An easy handle of libcurl's, and what is known of the connection it made.
///
/// It belongs to the thread that drives it: nothing here is locked.
final class CurlHandle {
    let library: CurlLibrary
    let easy: UnsafeMutableRawPointer
    private let plan: CurlPlan
    /// Where libcurl writes what exactly went wrong, such as why a certificate is not trusted.
    private let detail: UnsafeMutablePointer<CChar>

    init(library: CurlLibrary, plan: CurlPlan) throws(TransportFailure) {
        guard let easy = library.table.pointee.easy_init() else { throw .noHandle }
        self.library = library
        self.plan = plan
        self.easy = easy
        detail = .allocate(capacity: Int(CURL_ERROR_SIZE))
        detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setConnectionOptions()
    }

    deinit {
        library.table.pointee.easy_cleanup(easy)
        detail.deallocate()
    }

    /// Forgets what was said of the last request.
    func clearDetail() { detail.pointee = 0 }

    /// What is to be said of a request that ended with that code.
    func end(_ code: CURLcode, bodyBegan: Bool, overLimit: Bool = false) -> CurlEnd {
        CurlEnd(
            code: code.rawValue,
            connected: connected,
            bodyBegan: bodyBegan,
            overLimit: overLimit,
            elapsed: .microseconds(offset(CURLINFO_TOTAL_TIME_T)),
            proxied: proxied,
            systemError: Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO)),
            words: library.words(for: code),
            detail: String(cString: detail)
        )
    }

    /// Whether the connection stood, TLS included.
    var connected: Bool { offset(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    private var proxied: Bool {
        if let proxy = plan.proxy { return !proxy.isEmpty }
        let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.contains { (name: String) in getenv(name).map { $0.pointee != 0 } ?? false }
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        _ = libcurl_get_long(library.table, easy, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        _ = libcurl_get_offset(library.table, easy, info, &value)
        return Int64(value)
    }
}

// MARK: - Options

extension CurlHandle {
    /// Options of every connection. What is not set here stays libcurl's default: no redirect is
    /// followed, no cookie, netrc, HSTS or Alt-Svc file is read or written.
    private func setConnectionOptions() throws(TransportFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_USERAGENT, plan.userAgent)

        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = plan.tls.certificateAuthorityFile { try set(CURLOPT_CAINFO, file) }
        if let file = plan.tls.clientCertificate { try set(CURLOPT_SSLCERT, file) }
        if let file = plan.tls.clientKey { try set(CURLOPT_SSLKEY, file) }
        // Else OpenSSL would ask the terminal for the password of a key that has one.
        try set(CURLOPT_KEYPASSWD, "")
        if let keys = plan.tls.pinnedPublicKey { try set(CURLOPT_PINNEDPUBLICKEY, keys) }
        if let proxy = plan.proxy { try set(CURLOPT_PROXY, proxy) }

        try set(CURLOPT_CONNECTTIMEOUT_MS, plan.connectTimeout.millisecondsRoundedUp)
        try set(CURLOPT_TIMEOUT_MS, plan.totalTimeout.millisecondsRoundedUp)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try setPointer(CURLOPT_ERRORBUFFER, detail)
        // Without this, giving up a name look-up waits for the resolver's own timeouts, and every
        // other transfer with it. Nothing is unloaded later, so its thread may end when it likes.
        // Before libcurl 7.87 the option does not exist, and the wait does.
        _ = libcurl_set_long(library.table, easy, CURLOPT_QUICK_EXIT, 1)
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportFailure) {
        try check(libcurl_set_long(library.table, easy, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(TransportFailure) {
        try check(libcurl_set_string(library.table, easy, option, value))
    }

    func set(_ option: CURLoption, ifPresent value: String?) throws(TransportFailure) {
        guard let value else { return try setPointer(option, nil) }
        try set(option, value)
    }

    /// libcurl keeps the pointer: what it leads to has to live as long as the handle.
    func setPointer(
        _ option: CURLoption,
        _ value: UnsafeMutableRawPointer?
    ) throws(TransportFailure) {
        try check(libcurl_set_pointer(library.table, easy, option, value))
    }

    func check(_ code: CURLcode) throws(TransportFailure) {
        guard code != CURLE_OK else { return }
        let reason = library.words(for: code)
        throw TransportFailure(
            kind: .misconfigured,
            code: "curl \(code.rawValue)",
            message: "libcurl does not take a setting (\(reason)); "
                + "arm-sync needs libcurl 7.85 or newer"
        )
    }
}
