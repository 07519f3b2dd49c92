import CLibcurl

/// libcurl's multi handle: several transfers and the connections they share.
struct CurlMulti {
    let library: CurlLibrary
    let handle: UnsafeMutableRawPointer

    /// Ends a `poll`, the next one if none is under way.
    func wake() { _ = library.table.pointee.multi_wakeup(handle) }
}

// Because: other threads only ever call `wake`, the one call libcurl allows from anywhere, and they
// do so under the lock that hides the handle before it is freed.
extension CurlMulti: @unchecked Sendable {}
