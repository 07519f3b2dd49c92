import CLibcurl

/// libcurl, loaded and initialised.
///
/// It is loaded on first use, never linked: commands that do not talk to the server do not pay for
/// it, and a missing libcurl is an error value rather than a program that does not start.
package struct CurlLibrary {
    let table: UnsafePointer<libcurl>

    static let name = "libcurl.so.4"

    private static let loaded = LoadedOnce<CurlLibrary>()

    /// The library, loaded now if it was not yet.
    static func load() throws(LibraryLoadError) -> CurlLibrary {
        try loaded.get { () throws(LibraryLoadError) in try load(named: name) }
    }

    static func load(named name: String) throws(LibraryLoadError) -> CurlLibrary {
        CurlLibrary(
            table: try LibraryLoadError.load("libcurl", of: "libcurl4") {
                libcurl_load(name, $0, $1)
            }
        )
    }

    /// Whether this process has libcurl in memory. Loads nothing.
    package static var isLoaded: Bool { libcurl_is_mapped(name) }

    /// What libcurl says of itself and its parts: `libcurl/7.88.1 OpenSSL/3.0.15 …`. Loads it.
    package static func version() throws(LibraryLoadError) -> String {
        text(try load().table.pointee.version())
    }

    /// libcurl's words for a code.
    func words(for code: CURLcode) -> String { Self.text(table.pointee.easy_strerror(code)) }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}

// Because: the table is written before the library is handed out and never again, and curl's
// functions may be called from any thread; its handles have owners of their own.
extension CurlLibrary: @unchecked Sendable {}
