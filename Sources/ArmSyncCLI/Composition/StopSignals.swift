import CLinux
import Dispatch
import Glibc

/// SIGINT and SIGTERM as a call on an ordinary thread, where any Swift code may run.
///
/// The first one is handed over, so that a run can end in order; from then on the next one ends the
/// process at once, as it would any other.
///
/// Caught by a handler, not blocked and waited for: a library's thread may let in what the program
/// blocks, as that does which waits for the end of a credentials command, and the process would die
/// of the first signal, leaving the command behind.
enum StopSignals {
    /// To be called once. Where there is no pipe to be had, the first signal ends the process.
    static func deliver(to receive: @escaping @Sendable (Int32) -> Void) {
        let end = clinux_catch_stop_signals()
        guard end >= 0 else { return }
        DispatchQueue(label: "stop signals").async {
            var number: UInt8 = 0
            var count: Int
            repeat { count = read(end, &number, 1) } while count < 0 && errno == EINTR
            if count == 1 { receive(Int32(number)) }
        }
    }
}
