import ArmSync
import CLibcurl
import Glibc

extension CurlTransfer {
    /// Options that are the same for every request. What is not set here stays libcurl's default:
    /// no redirect is followed, no cookie, netrc, HSTS or Alt-Svc file is read or written.
    func setLastingOptions() throws(TransportFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_POST, 1)
        try set(CURLOPT_USERAGENT, plan.userAgent)
        try set(CURLOPT_ACCEPT_ENCODING, "")

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
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, (plan.stallTimeout.millisecondsRoundedUp + 999) / 1000)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try check(libcurl_set_pointer(library.table, easy, CURLOPT_ERRORBUFFER, detail))
        // Without this, giving up a name look-up waits for the resolver's own timeouts, and every
        // other transfer with it. Nothing is unloaded later, so its thread may end when it likes.
        // Before libcurl 7.87 the option does not exist, and the wait does.
        _ = libcurl_set_long(library.table, easy, CURLOPT_QUICK_EXIT, 1)

        // Because: libcurl calls back only while the multi handle is driven, and the loop keeps
        // every transfer alive until its handle is cleaned up.
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(libcurl_set_pointer(library.table, easy, CURLOPT_READDATA, context))
        try check(libcurl_set_pointer(library.table, easy, CURLOPT_SEEKDATA, context))
        try check(libcurl_set_pointer(library.table, easy, CURLOPT_WRITEDATA, context))
        try check(libcurl_set_read_function(library.table, easy, readBody))
        try check(libcurl_set_write_function(library.table, easy, writeAnswer))
    }

    /// Options of one request.
    func setOptions(for job: CurlJob) throws(TransportFailure) {
        try set(CURLOPT_URL, job.url)
        try setCredentials(job.credentials)
        // With the size known the body is not chunked, which old servers do not take.
        try check(
            libcurl_set_offset(
                library.table,
                easy,
                CURLOPT_POSTFIELDSIZE_LARGE,
                curl_off_t(job.body.count)
            )
        )
        // When a kept connection is closed under a request, libcurl sends it again by itself if it
        // can go back to the body's start. A save may have been applied by then, and its second
        // copy would bury what another station saved in between: so it cannot go back.
        try check(
            libcurl_set_seek_function(library.table, easy, job.mayRepeat ? seekBody : nil)
        )
    }

    /// No redirect is followed, and libcurl's own cookies stay off: what is set here goes to the
    /// configured server and nowhere else. The login is for the Basic scheme, libcurl's default and
    /// the only one that needs no first try without it.
    private func setCredentials(_ credentials: Credentials) throws(TransportFailure) {
        try set(CURLOPT_USERNAME, ifPresent: credentials.login?.name)
        try set(CURLOPT_PASSWORD, ifPresent: credentials.login?.value)
        let cookies = credentials.cookies.map { "\($0.name)=\($0.value)" }
        try set(
            CURLOPT_COOKIE,
            ifPresent: cookies.isEmpty ? nil : cookies.joined(separator: "; ")
        )
        let lines = try CurlHeaderLines(plan.head.lines + credentials.lines, library: library)
        try check(libcurl_set_pointer(library.table, easy, CURLOPT_HTTPHEADER, lines.list))
        headerLines = lines
    }

    private func set(
        _ option: CURLoption,
        ifPresent value: String?
    ) throws(TransportFailure) {
        guard let value else {
            return try check(libcurl_set_pointer(library.table, easy, option, nil))
        }
        try set(option, value)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(TransportFailure) {
        try check(libcurl_set_long(library.table, easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(TransportFailure) {
        try check(libcurl_set_string(library.table, easy, option, value))
    }

    private func check(_ code: CURLcode) throws(TransportFailure) {
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

extension Credentials {
    fileprivate var lines: [String] {
        headers.map { header in
            // To curl, `Name:` with nothing behind it means "leave it out".
            header.value.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
                ? "\(header.name);" : "\(header.name): \(header.value)"
        }
    }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private let readBody: curl_read_callback = { buffer, size, count, context in
    guard let transfer = transfer(context) else { return Int(CURL_READFUNC_ABORT) }
    return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private let seekBody: curl_seek_callback = { context, offset, origin in
    guard let transfer = transfer(context), origin == SEEK_SET, transfer.seek(to: Int(offset))
    else {
        return CURL_SEEKFUNC_FAIL
    }
    return CURL_SEEKFUNC_OK
}

private let writeAnswer: curl_write_callback = { bytes, size, count, context in
    guard let transfer = transfer(context) else { return 0 }
    return transfer.write(UnsafeRawBufferPointer(start: bytes, count: size * count))
}
