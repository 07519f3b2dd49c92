import CWslay

/// libwslay, which knows the frames of RFC 6455. Loaded on first use, as libcurl is: whoever speaks
/// HTTP needs not have it.
package struct WslayLibrary {
    let table: UnsafePointer<wslay>

    static let name = "libwslay.so.1"

    private static let loaded = LoadedOnce<WslayLibrary>()

    /// The library, loaded now if it was not yet.
    static func load() throws(LibraryLoadError) -> WslayLibrary {
        try loaded.get { () throws(LibraryLoadError) in try load(named: name) }
    }

    static func load(named name: String) throws(LibraryLoadError) -> WslayLibrary {
        WslayLibrary(
            table: try LibraryLoadError.load("libwslay", of: "libwslay1") {
                wslay_load(name, $0, $1)
            }
        )
    }

    /// Whether this process has libwslay in memory. Loads nothing.
    package static var isLoaded: Bool { wslay_is_mapped(name) }
}

// Because: the table is written before the library is handed out and never again, and what its
// functions work on has owners of its own.
extension WslayLibrary: @unchecked Sendable {}
