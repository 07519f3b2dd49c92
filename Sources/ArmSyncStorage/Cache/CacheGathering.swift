import ArmProtocol
private import Dispatch
private import Synchronization

/// Lets a process that makes many edits write each document's cache file ten times a second, not
/// once an edit.
///
/// The first edit reaches the file at once, and opens a window. Edits within it leave the file
/// behind, which the journal knows; when the window ends, the file follows.
package final class CacheGathering: Sendable {
    /// How late a cache file may be.
    package static let window = Duration.milliseconds(100)

    /// Calls a closure once, so much later, on another thread.
    package typealias Schedule = @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    private let schedule: Schedule
    /// The documents with an open window, and whether it has lasted as long as it may.
    private let windows = Mutex<[DocumentKey: Bool]>([:])

    package init(schedule: @escaping Schedule = CacheGathering.onDispatchQueue) {
        self.schedule = schedule
    }

    /// Schedules by the clock of the machine.
    package static let onDispatchQueue: Schedule = { delay, work in
        let milliseconds = Int(delay / .milliseconds(1))
        DispatchQueue.global().asyncAfter(
            deadline: .now() + .milliseconds(milliseconds),
            execute: work
        )
    }

    var openWindows: [DocumentKey] { windows.withLock { Array($0.keys) } }

    /// Whether the document's cache file may stay behind for now.
    func gathers(_ key: DocumentKey) -> Bool { windows.withLock { $0[key] == false } }

    /// Begins a window, at whose end the document is refreshed.
    func openWindow(of key: DocumentKey, refresh: @escaping @Sendable () -> Void) {
        windows.withLock { $0[key] = false }
        schedule(Self.window) { [self] in
            // Said before the document's lock is waited for: whoever edits it without a pause then
            // refreshes the file with the next edit.
            windows.withLock { if $0[key] != nil { $0[key] = true } }
            refresh()
        }
    }

    func closeWindow(of key: DocumentKey) { windows.withLock { $0[key] = nil } }
}
