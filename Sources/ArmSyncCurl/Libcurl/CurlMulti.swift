import ArmSync
import CLibcurl

/// libcurl's multi handle: several transfers and the connections they share.
struct CurlMulti {
    let library: CurlLibrary
    let handle: UnsafeMutableRawPointer

    /// How long a poll may last with nothing to do; wake-ups and libcurl's timers end it earlier.
    static let longestPoll: Duration = .seconds(60)

    init(library: CurlLibrary) throws(TransportFailure) {
        guard let handle = library.table.pointee.multi_init() else { throw .noHandle }
        self.library = library
        self.handle = handle
    }

    /// Frees the handle; nothing of it may be used afterwards.
    func free() { _ = library.table.pointee.multi_cleanup(handle) }

    /// Ends a `poll`, the next one if none is under way.
    func wake() { _ = library.table.pointee.multi_wakeup(handle) }

    func add(_ easy: UnsafeMutableRawPointer) throws(TransportFailure) {
        try check(library.table.pointee.multi_add_handle(handle, easy))
    }

    func remove(_ easy: UnsafeMutableRawPointer) {
        _ = library.table.pointee.multi_remove_handle(handle, easy)
    }

    /// Does what can be done without waiting.
    func perform() throws(TransportFailure) {
        var running: Int32 = 0
        try check(library.table.pointee.multi_perform(handle, &running))
    }

    /// Waits until a transfer or that socket can go on, somebody wakes it, or the time is over.
    func poll(
        _ socket: curl_waitfd? = nil,
        for time: Duration = longestPoll
    ) throws(TransportFailure) {
        let limit = Int32(min(time, Self.longestPoll).millisecondsRoundedUp)
        guard var socket else {
            return try check(
                library.table.pointee.multi_poll(handle, nil, 0, limit, nil)
            )
        }
        try check(library.table.pointee.multi_poll(handle, &socket, 1, limit, nil))
    }

    /// The next transfer that ended, and how.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        return libcurl_next_finished(library.table, handle, &code).map { ($0, code) }
    }

    private func check(_ code: CURLMcode) throws(TransportFailure) {
        guard code != CURLM_OK else { return }
        throw TransportFailure(
            kind: .interrupted(whileConnecting: true),
            code: "curl multi \(code.rawValue)",
            message: "libcurl failed inside"
        )
    }
}

// Because: other threads only ever call `wake`, the one call libcurl allows from anywhere, and they
// do so under the lock that hides the handle before it is freed.
extension CurlMulti: @unchecked Sendable {}
