import ArmSync
import CLibcurl
import Glibc

extension CurlTransfer {
    /// Options that are the same for every request.
    func setLastingOptions() throws(TransportFailure) {
        try handle.set(CURLOPT_POST, 1)
        try handle.set(CURLOPT_ACCEPT_ENCODING, "")
        try handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try handle.set(
            CURLOPT_LOW_SPEED_TIME,
            (plan.stallTimeout.millisecondsRoundedUp + 999) / 1000
        )

        // Because: libcurl calls back only while the multi handle is driven, and the loop keeps
        // every transfer alive until its handle is cleaned up.
        let context = Unmanaged.passUnretained(self).toOpaque()
        try handle.setPointer(CURLOPT_READDATA, context)
        try handle.setPointer(CURLOPT_SEEKDATA, context)
        try handle.setPointer(CURLOPT_WRITEDATA, context)
        let (table, easy) = (handle.library.table, handle.easy)
        try handle.check(libcurl_set_read_function(table, easy, readBody))
        try handle.check(libcurl_set_write_function(table, easy, writeAnswer))
    }

    /// Options of one request.
    func setOptions(for request: CurlRequest) throws(TransportFailure) {
        try handle.set(CURLOPT_URL, request.url)
        try setCredentials(request.credentials)
        // With the size known the body is not chunked, which old servers do not take.
        let (table, easy) = (handle.library.table, handle.easy)
        let size = curl_off_t(request.body.count)
        try handle.check(
            libcurl_set_offset(table, easy, CURLOPT_POSTFIELDSIZE_LARGE, size)
        )
        // When a kept connection is closed under a request, libcurl sends it again by itself if it
        // can go back to the body's start. A save may have been applied by then, and its second
        // copy would bury what another station saved in between: so it cannot go back.
        try handle.check(
            libcurl_set_seek_function(table, easy, request.mayRepeat ? seekBody : nil)
        )
    }

    /// No redirect is followed, and libcurl's own cookies stay off: what is set here goes to the
    /// configured server and nowhere else. The login is for the Basic scheme, libcurl's default and
    /// the only one that needs no first try without it.
    private func setCredentials(_ credentials: Credentials) throws(TransportFailure) {
        try handle.set(CURLOPT_USERNAME, ifPresent: credentials.login?.name)
        try handle.set(CURLOPT_PASSWORD, ifPresent: credentials.login?.value)
        let cookies = credentials.cookies.map { "\($0.name)=\($0.value)" }
        try handle.set(
            CURLOPT_COOKIE,
            ifPresent: cookies.isEmpty ? nil : cookies.joined(separator: "; ")
        )
        let lines = try CurlHeaderLines(
            plan.head.lines + credentials.lines,
            library: handle.library
        )
        try handle.setPointer(CURLOPT_HTTPHEADER, lines.list)
        headerLines = lines
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
