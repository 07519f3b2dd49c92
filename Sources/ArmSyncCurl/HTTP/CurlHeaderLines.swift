import ArmSync
import CLibcurl

/// libcurl's list of header lines. libcurl keeps the pointer, so every transfer keeps this.
final class CurlHeaderLines {
    private let library: CurlLibrary
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String], library: CurlLibrary) throws(TransportFailure) {
        self.library = library
        for line in lines {
            guard let longer = library.table.pointee.slist_append(list, line) else {
                throw .noHandle
            }
            list = longer
        }
    }

    deinit { library.table.pointee.slist_free_all(list) }
}
