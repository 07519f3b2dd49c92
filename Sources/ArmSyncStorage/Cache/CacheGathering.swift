private import Dispatch

/// How the cache file follows a process that makes many edits: ten times a second, not once an edit.
///
/// An edit reaches the file at once, unless the same process has written it a moment ago. Then the
/// file is left behind, which the journal knows, until the first edit after the window or, where
/// there is none, its end.
package struct CacheGathering: Sendable {
    /// Calls a closure once, so much later, on another thread.
    package typealias Schedule = @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    /// How late a cache file may be.
    let window: Duration
    let schedule: Schedule

    package init(
        window: Duration = .milliseconds(100),
        schedule: @escaping Schedule = CacheGathering.onDispatchQueue
    ) {
        self.window = window
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
}
