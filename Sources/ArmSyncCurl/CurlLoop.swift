import ArmSync
import CLibcurl

/// The work of the one thread that touches libcurl's handles: takes requests from the mailbox,
/// keeps at most `parallel` of them under way, and ends each exactly once.
///
/// Requests that wait their turn wait here and not inside libcurl, so that their timeouts begin
/// when they do.
final class CurlLoop {
    private let library: CurlLibrary
    private let plan: CurlPlan
    private let thread: CurlThread
    private let multi: CurlMulti

    private var waiting: [CurlJob] = []
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idle: [CurlTransfer] = []

    /// How long a poll may last with nothing to do; wake-ups and libcurl's timers end it earlier.
    private static let longestPoll: Duration = .seconds(60)

    init(library: CurlLibrary, plan: CurlPlan, thread: CurlThread) throws(TransportFailure) {
        self.library = library
        self.plan = plan
        self.thread = thread
        guard let handle = library.table.pointee.multi_init() else { throw .noHandle }
        multi = CurlMulti(library: library, handle: handle)
        for option in [CURLMOPT_MAXCONNECTS, CURLMOPT_MAX_HOST_CONNECTIONS] {
            _ = libcurl_multi_set_long(library.table, handle, option, plan.parallel)
        }
        thread.publish(multi)
    }

    deinit {
        thread.withdraw()
        _ = library.table.pointee.multi_cleanup(multi.handle)
    }

    /// Runs until the thread is to end. When it returns or throws, every request taken has ended.
    func run() throws(TransportFailure) {
        do {
            try drive()
            endAll(.closed)
        } catch {
            endAll(error)
            throw error
        }
    }

    private func drive() throws(TransportFailure) {
        let longestPoll = Int32(Self.longestPoll.millisecondsRoundedUp)
        while true {
            let mail = thread.collect()
            waiting += mail.arrivals
            if mail.closing { return }
            mail.cancellations.forEach(cancel)
            startWaiting()
            var running: Int32 = 0
            try check(library.table.pointee.multi_perform(multi.handle, &running))
            finishDone()
            guard waiting.isEmpty || active.count == plan.parallel else { continue }
            try check(library.table.pointee.multi_poll(multi.handle, nil, 0, longestPoll, nil))
        }
    }

    private func startWaiting() {
        while active.count < plan.parallel, !waiting.isEmpty {
            let job = waiting.removeFirst()
            do throws(TransportFailure) {
                try begin(job, with: try idleTransfer())
            } catch {
                job.end(.failure(error))
            }
        }
    }

    private func idleTransfer() throws(TransportFailure) -> CurlTransfer {
        if let transfer = idle.popLast() { return transfer }
        return try CurlTransfer(library: library, plan: plan)
    }

    private func begin(_ job: CurlJob, with transfer: CurlTransfer) throws(TransportFailure) {
        try transfer.begin(job)
        try check(library.table.pointee.multi_add_handle(multi.handle, transfer.easy))
        active[transfer.easy] = transfer
    }

    private func finishDone() {
        var code = CURLE_OK
        while let easy = libcurl_next_finished(library.table, multi.handle, &code) {
            guard let transfer = remove(easy) else { continue }
            transfer.finish(code)
            idle.append(transfer)
        }
    }

    private func cancel(_ id: UInt64) {
        if let index = waiting.firstIndex(where: { $0.id == id }) {
            waiting.remove(at: index).end(.failure(.cancelled))
        } else if let entry = active.first(where: { $0.value.job?.id == id }),
            let transfer = remove(entry.key)
        {
            transfer.abandon(.cancelled)
            idle.append(transfer)
        }
    }

    private func remove(_ easy: UnsafeMutableRawPointer) -> CurlTransfer? {
        _ = library.table.pointee.multi_remove_handle(multi.handle, easy)
        return active.removeValue(forKey: easy)
    }

    private func endAll(_ reason: TransportFailure) {
        for job in waiting { job.end(.failure(reason)) }
        waiting = []
        for easy in Array(active.keys) { remove(easy)?.abandon(reason) }
    }

    private func check(_ code: CURLMcode) throws(TransportFailure) {
        guard code != CURLM_OK else { return }
        throw TransportFailure(
            kind: .interrupted(whileConnecting: true),
            code: "curl multi \(code.rawValue)",
            message: "libcurl failed inside"
        )
    }
}
