import ArmSync
import CLibcurl

/// The work of the one thread that touches libcurl's handles: takes requests from the mailbox,
/// keeps at most `parallel` of them under way, and ends each exactly once.
///
/// Requests that wait their turn wait here and not inside libcurl, so that their timeouts begin
/// when they do.
final class CurlLoop {
    private let plan: CurlPlan
    private let thread: CurlThread<CurlRequest, CurlReply>
    private let multi: CurlMulti

    private var waiting: [CurlTransfer.Job] = []
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idle: [CurlTransfer] = []

    init(plan: CurlPlan, thread: CurlThread<CurlRequest, CurlReply>, multi: CurlMulti) {
        self.plan = plan
        self.thread = thread
        self.multi = multi
        for option in [CURLMOPT_MAXCONNECTS, CURLMOPT_MAX_HOST_CONNECTIONS] {
            _ = libcurl_multi_set_long(
                multi.library.table,
                multi.handle,
                option,
                plan.parallel
            )
        }
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
        while true {
            let mail = thread.collect()
            waiting += mail.arrivals
            if mail.closing { return }
            mail.cancellations.forEach(cancel)
            startWaiting()
            try multi.perform()
            finishDone()
            guard waiting.isEmpty || active.count == plan.parallel else { continue }
            try multi.poll()
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
        return try CurlTransfer(library: multi.library, plan: plan)
    }

    private func begin(_ job: CurlTransfer.Job, with transfer: CurlTransfer)
        throws(TransportFailure)
    {
        try transfer.begin(job)
        try multi.add(transfer.handle.easy)
        active[transfer.handle.easy] = transfer
    }

    private func finishDone() {
        while let (easy, code) = multi.nextFinished() {
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
        multi.remove(easy)
        return active.removeValue(forKey: easy)
    }

    private func endAll(_ reason: TransportFailure) {
        for job in waiting { job.end(.failure(reason)) }
        waiting = []
        for easy in Array(active.keys) { remove(easy)?.abandon(reason) }
    }
}
