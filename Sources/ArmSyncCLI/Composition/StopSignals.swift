import Dispatch
import Glibc

/// SIGINT and SIGTERM as a call on an ordinary thread, where any Swift code may run.
///
/// The first one is handed over, so that a run can end in order; from then on the next one ends the
/// process at once, as it would any other.
enum StopSignals {
    /// Takes the two from the whole process: to be called before other threads are started, which
    /// inherit what their maker blocks.
    static func deliver(to receive: @escaping @Sendable (Int32) -> Void) {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] where !isIgnored(number) { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let blocked = signals
        DispatchQueue(label: "stop signals").async {
            var signals = blocked
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0 else { return }
            // Before the run hears of it: a second signal must never be lost to a run that hangs.
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            receive(number)
            // The one thread that lets the second signal through.
            while true { pause() }
        }
    }

    /// Whoever started the program in the background of a shell means it not to hear of Ctrl-C.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        // A handler that is no function but the number 1.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
