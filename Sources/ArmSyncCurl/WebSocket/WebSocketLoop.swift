import ArmSync
import CLibcurl

/// The work of the one thread that owns the connection: takes requests from the mailbox, puts at most
/// `parallel` of them on the connection at once, makes another where that is gone or will not do, and
/// ends each request exactly once.
final class WebSocketLoop {
    typealias Thread = CurlThread<WebSocketRequest, WebSocketReply>

    private let plan: WebSocketPlan
    private let register: WebSocketRegister
    private let thread: Thread
    private let multi: CurlMulti
    private let library: WslayLibrary

    private var waiting: [WebSocketPassenger] = []
    private var link: WebSocketLink?
    private var isClosing = false

    init(
        plan: WebSocketPlan,
        register: WebSocketRegister,
        thread: Thread,
        multi: CurlMulti
    ) throws(TransportFailure) {
        self.plan = plan
        self.register = register
        self.thread = thread
        self.multi = multi
        do { library = try WslayLibrary.load() } catch { throw .notLoaded(error) }
    }

    /// Runs until the thread is to end. When it returns or throws, every request taken has ended.
    func run() throws(TransportFailure) {
        do {
            try drive()
        } catch {
            endAll(error)
            conclude(.lost(error, mayRepeat: false))
            throw error
        }
    }

    private func drive() throws(TransportFailure) {
        while true {
            collect()
            let now = ContinuousClock.now
            try multi.perform()
            if let code = multi.nextFinished()?.code { conclude(link?.connected(code, at: now)) }
            conclude(link?.receive(at: now))
            conclude(link?.pass(to: now))
            board(at: now)
            conclude(link?.flush(at: now))
            if isClosing, link == nil { return }
            // What was to go on a connection that is gone wants another one.
            guard waiting.isEmpty || link != nil else { continue }
            try multi.poll(link?.socket, for: pause)
        }
    }

    private func collect() {
        let mail = thread.collect()
        waiting += mail.arrivals.map { WebSocketPassenger(job: $0) }
        mail.cancellations.forEach(cancel)
        guard mail.closing, !isClosing else { return }
        isClosing = true
        endAll(.closed)
        conclude(link?.leave(at: .now))
    }

    /// How long there is nothing to do, unless something happens.
    private var pause: Duration {
        guard let link else { return CurlMulti.longestPoll }
        if link.hasUnread { return .zero }
        guard let due = link.conversation.nextDue else { return CurlMulti.longestPoll }
        return max(.zero, due - .now)
    }

    private func board(at now: Conversation.Instant) {
        while !isClosing, let first = waiting.first {
            guard let link = link ?? makeLink(for: first, at: now) else { continue }
            let credentials = first.job.request.credentials
            guard link.takes(credentials) else {
                if link.isOfNoUse(for: credentials) { conclude(link.leave(at: now)) }
                return
            }
            waiting.removeFirst()
            link.board(first, at: now)
        }
    }

    /// Begins a connection for it; where that cannot be, the request ends.
    private func makeLink(
        for passenger: WebSocketPassenger,
        at now: Conversation.Instant
    ) -> WebSocketLink? {
        do throws(TransportFailure) {
            link = try WebSocketLink(
                plan: plan,
                library: library,
                register: register,
                multi: multi,
                credentials: passenger.job.request.credentials,
                at: now
            )
        } catch {
            waiting.removeFirst().job.end(.failure(error))
        }
        return link
    }

    /// Ends the connection, if that is its end. What is to go on another one goes first there.
    private func conclude(_ end: WebSocketLink.End?) {
        guard let end, let link else { return }
        self.link = nil
        waiting = link.finish(end) + waiting
    }

    private func cancel(_ id: UInt64) {
        if let index = waiting.firstIndex(where: { $0.job.id == id }) {
            waiting.remove(at: index).job.end(.failure(.cancelled))
        } else {
            link?.abandon(id, .cancelled, at: .now)
        }
    }

    private func endAll(_ reason: TransportFailure) {
        for passenger in waiting { passenger.job.end(.failure(reason)) }
        waiting = []
        link?.abandonAll(reason, at: .now)
    }
}
