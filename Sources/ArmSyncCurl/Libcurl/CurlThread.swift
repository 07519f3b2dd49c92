import ArmSync
import Glibc
import Synchronization

/// The thread that owns libcurl's handles, and the locked queue through which callers reach it.
///
/// It starts with the first request and ends with `close()`, so libcurl never runs on a thread of
/// Swift's own pool, and a process that sends nothing has no such thread.
final class CurlThread<Request: Sendable, Reply: Sendable>: Sendable {
    typealias Job = CurlJob<Request, Reply>
    /// What the thread does until it is to end. When it returns or throws, every job it collected
    /// has ended, and no handle is left in the multi handle.
    typealias Work =
        @Sendable (CurlThread<Request, Reply>, CurlMulti) throws(TransportFailure) -> Void

    struct Mail {
        var arrivals: [Job] = []
        var cancellations: [UInt64] = []
        var closing = false
    }

    private enum Phase {
        case idle
        case running(pthread_t)
        case closed
    }

    private struct State {
        var phase = Phase.idle
        var mail = Mail()
        var multi: CurlMulti?
    }

    private let work: Work
    private let state = Mutex(State())
    private let lastID = Atomic<UInt64>(0)

    init(work: @escaping Work) { self.work = work }

    /// Sends one request and waits for its end. Cancelling the task ends it as interrupted.
    func send(_ request: Request) async -> Result<Reply, TransportFailure> {
        let id = lastID.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = Job(id: id, request: request, continuation: continuation)
                if let refusal = put(job) { job.end(.failure(refusal)) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Ends every request as interrupted and the thread with them; returns when both are gone.
    /// What is sent afterwards fails.
    func close() {
        let thread: pthread_t? = state.withLock { state in
            state.mail.closing = true
            state.multi?.wake()
            defer { state.phase = .closed }
            if case .running(let thread) = state.phase { return thread }
            return nil
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// Queues it, or says why not.
    private func put(_ job: Job) -> TransportFailure? {
        state.withLock { state in
            // Under the lock that `cancel` takes too: a task cancelled by now is seen here, one
            // cancelled later finds its request in the queue.
            if Task.isCancelled { return .cancelled }
            switch state.phase {
            case .closed: return .closed
            case .running: break
            case .idle:
                guard let thread = start() else { return .noThread }
                state.phase = .running(thread)
            }
            state.mail.arrivals.append(job)
            state.multi?.wake()
            return nil
        }
    }

    private func cancel(_ id: UInt64) {
        state.withLock { state in
            guard case .running = state.phase else { return }
            state.mail.cancellations.append(id)
            state.multi?.wake()
        }
    }

    private func start() -> pthread_t? {
        var thread = pthread_t()
        // Because: the thread needs this object for as long as it runs, and takes the reference over.
        let context = Unmanaged.passRetained(ThreadBody { self.main() })
        let code = pthread_create(
            &thread,
            nil,
            { context in
                if let context {
                    Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            },
            context.toOpaque()
        )
        guard code == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}

// MARK: - On the thread

extension CurlThread {
    private func main() {
        blockSignals()
        let reason: TransportFailure
        do throws(TransportFailure) {
            let multi = try makeMulti()
            defer {
                withdraw()
                multi.free()
            }
            publish(multi)
            try work(self, multi)
            reason = .closed
        } catch {
            reason = error
        }
        for job in retire() { job.end(.failure(reason)) }
    }

    private func makeMulti() throws(TransportFailure) -> CurlMulti {
        let library: CurlLibrary
        do { library = try CurlLibrary.load() } catch { throw .notLoaded(error) }
        return try CurlMulti(library: library)
    }

    /// Everything since the last time.
    func collect() -> Mail {
        state.withLock {
            let mail = $0.mail
            $0.mail = Mail(closing: mail.closing)
            return mail
        }
    }

    /// From here on whatever is put in wakes the loop; what was put in before is found by its first
    /// `collect`.
    private func publish(_ multi: CurlMulti) { state.withLock { $0.multi = multi } }

    /// The multi handle is about to be freed: the lock makes sure that nobody is waking it.
    private func withdraw() { state.withLock { $0.multi = nil } }

    /// The thread is about to end. Unless `close` waits for it, the next request starts a new one.
    private func retire() -> [Job] {
        state.withLock { state in
            if case .running(let thread) = state.phase {
                pthread_detach(thread)
                state.phase = .idle
            }
            let left = state.mail.arrivals
            state.mail = Mail(closing: state.mail.closing)
            return left
        }
    }

    /// Leaves signals to the program's own threads, except those a fault raises in this one. With
    /// SIGPIPE blocked here a closed TLS connection is an error and not the program's end, and
    /// child processes do not inherit an ignored SIGPIPE.
    private func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS] {
            sigdelset(&signals, fault)
        }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

/// What a thread of the system's runs: C takes a function without generic parameters.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
