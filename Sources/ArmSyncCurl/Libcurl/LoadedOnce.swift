import Synchronization

/// A library, loaded when it is first asked for. Thread-safe; a failure is tried again next time, so
/// that a long-running process notices when the package has been installed.
final class LoadedOnce<Library: Sendable>: Sendable {
    private let loaded = Mutex<Library?>(nil)

    func get(
        _ load: () throws(LibraryLoadError) -> Library
    ) throws(LibraryLoadError) -> Library {
        try loaded.withLock { loaded throws(LibraryLoadError) in
            if let library = loaded { return library }
            let library = try load()
            loaded = library
            return library
        }
    }
}
