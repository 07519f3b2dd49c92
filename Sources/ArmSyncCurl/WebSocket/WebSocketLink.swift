import ArmSync
import CLibcurl

/// One connection: made by libcurl, turned into a WebSocket by us, and spoken over until it ends.
///
/// It belongs to the loop's thread. `Conversation` decides; here bytes are moved and requests ended.
final class WebSocketLink {
    typealias Job = CurlJob<WebSocketRequest, WebSocketReply>
    typealias Instant = Conversation.Instant

    /// How a connection comes to its end.
    enum End {
        /// It never was a WebSocket; no request was on the wire.
        case failed(TransportFailure)
        case refused(UpgradeRefusal)
        /// It is gone. `mayRepeat` says whether a read on the wire may be asked once more.
        case lost(TransportFailure, mayRepeat: Bool)
    }

    enum Stage {
        case connecting
        case upgrading(UpgradeReader)
        case open(WebSocketFrames)
    }

    let plan: WebSocketPlan
    let library: WslayLibrary
    let register: WebSocketRegister
    let credentials: Credentials
    let handle: CurlHandle
    let upgrade: UpgradeRequest
    var conversation: Conversation
    var stage = Stage.connecting
    /// What of the upgrade request is not sent yet.
    var unsentUpgrade: ArraySlice<UInt8>
    let buffers = WebSocketBuffers()
    /// Whether reading stopped before all was read.
    var hasUnread = false
    private let multi: CurlMulti
    private var jobs: [UInt64: Job] = [:]

    /// Begins to connect.
    init(
        plan: WebSocketPlan,
        library: WslayLibrary,
        register: WebSocketRegister,
        multi: CurlMulti,
        credentials: Credentials,
        at now: Instant
    ) throws(TransportFailure) {
        self.plan = plan
        self.library = library
        self.register = register
        self.multi = multi
        self.credentials = credentials
        upgrade = try Self.upgrade(plan, credentials)
        unsentUpgrade = upgrade.bytes[...]
        conversation = Conversation(
            limits: Conversation.Limits(stall: plan.curl.stallTimeout),
            at: now
        )
        handle = try CurlHandle(library: multi.library, plan: plan.curl)
        try handle.set(CURLOPT_URL, plan.address.url)
        try handle.set(CURLOPT_CONNECT_ONLY, 1)
        // Over TLS the two sides would agree on HTTP/2, which has no upgrade.
        try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        // A proxy has to pass every byte on as it is.
        try handle.set(CURLOPT_HTTPPROXYTUNNEL, 1)
        try handle.set(CURLOPT_TCP_NODELAY, 1)
        try multi.add(handle.easy)
    }

    private static func upgrade(
        _ plan: WebSocketPlan,
        _ credentials: Credentials
    ) throws(TransportFailure) -> UpgradeRequest {
        var random = SystemRandomNumberGenerator()
        do {
            return try UpgradeRequest(
                to: plan.address,
                userAgent: plan.curl.userAgent,
                credentials: credentials,
                key: (0..<16).map { _ in .random(in: .min ... .max, using: &random) }
            )
        } catch {
            throw TransportFailure(
                kind: .withoutCredentials(mayPass: false),
                code: "credentials",
                message: error.message
            )
        }
    }

    /// libcurl has connected, or could not.
    func connected(_ code: CURLcode, at now: Instant) -> End? {
        guard code == CURLE_OK else {
            let status = handle.long(CURLINFO_HTTP_CONNECTCODE)
            return .failed(
                status >= 300
                    ? .noTunnel(status: status, endpoint: plan.curl.address.endpoint)
                    : handle.end(code, bodyBegan: false).failure(plan.curl)
            )
        }
        stage = .upgrading(UpgradeReader(expectedAccept: upgrade.expectedAccept))
        conversation.connected(at: now)
        return nil
    }

    // MARK: - Its requests

    /// Whether a request with those credentials may go on it now.
    func takes(_ credentials: Credentials) -> Bool {
        conversation.takesMore && conversation.entries.count < plan.curl.parallel
            && credentials.sendsTheSame(as: self.credentials)
    }

    /// Whether a request with those credentials can only go on another connection.
    func isOfNoUse(for credentials: Credentials) -> Bool {
        conversation.isEmpty && !takes(credentials)
    }

    func board(_ passenger: WebSocketPassenger, at now: Instant) {
        jobs[passenger.job.id] = passenger.job
        conversation.board(passenger.request(within: plan.curl.totalTimeout, from: now))
    }

    func message(of id: UInt64) -> [UInt8] { jobs[id]?.request.message ?? [] }

    func answer(_ id: UInt64, with message: [UInt8]) {
        jobs.removeValue(forKey: id)?.end(.success(.message(message)))
    }

    /// Ends a request for a reason of ours; false where it is not here.
    @discardableResult
    func abandon(_ id: UInt64, _ reason: TransportFailure, at now: Instant) -> Bool {
        guard let abandoned = conversation.abandon(id, at: now) else { return false }
        end(abandoned, reason)
        return true
    }

    private func end(_ abandoned: Conversation.Abandoned, _ reason: TransportFailure) {
        var failure = reason
        failure.kind = .interrupted(whileConnecting: !abandoned.hasBegun)
        // Before the request ends, and its number with it.
        if abandoned.hasBegun { register.owe(abandoned.request.sequence) }
        jobs.removeValue(forKey: abandoned.request.id)?.end(.failure(failure))
    }

    func abandonAll(_ reason: TransportFailure, at now: Instant) {
        for id in Array(jobs.keys) { abandon(id, reason, at: now) }
    }

    // MARK: - Time

    /// Does what is due by now.
    func pass(to now: Instant) -> End? {
        for due in conversation.pass(to: now) {
            switch due {
            case .expired(let abandoned): end(abandoned, .expired(plan.curl.totalTimeout))
            case .ping: if case .open(let frames) = stage { frames.ping() }
            case .stalled: return stalled
            case .unused: return leave(at: now)
            case .over: return left
            }
        }
        return nil
    }

    private var stalled: End {
        switch stage {
        case .upgrading(let reader):
            if case .refused(let refusal) = reader.end() { return .refused(refusal) }
            return .failed(.stalled(plan.curl.stallTimeout).asUnsent)
        case .connecting, .open:
            return .lost(.stalled(plan.curl.stallTimeout), mayRepeat: false)
        }
    }

    /// Says farewell; where there is nobody to say it to, that is the end.
    func leave(at now: Instant) -> End? {
        if case .leaving = conversation.phase { return nil }
        guard case .open(let frames) = stage else { return left }
        frames.close()
        conversation.leave(at: now)
        return nil
    }

    private var left: End { .lost(.closed, mayRepeat: false) }

    // MARK: - Its end

    /// Ends what is on it, and gives back what is to go on another one.
    func finish(_ end: End) -> [WebSocketPassenger] {
        multi.remove(handle.easy)
        defer { register.settle(conversation.owed) }
        switch end {
        case .failed(let failure):
            endAll(.failure(failure))
            return []
        case .refused(let refusal):
            endAll(.success(.refused(handle.library.reply(refusal))))
            return []
        case .lost(let failure, let mayRepeat):
            return lose(failure, mayRepeat: mayRepeat)
        }
    }

    private func lose(
        _ failure: TransportFailure,
        mayRepeat: Bool
    ) -> [WebSocketPassenger] {
        let loss = conversation.lose(mayRepeat: mayRepeat)
        let again = loss.again.compactMap { request in
            jobs.removeValue(forKey: request.id).map {
                WebSocketPassenger(job: $0, request: request)
            }
        }
        if failure == .tooLargeForServer,
            let largest = loss.interrupted.max(by: { $0.size < $1.size })
        {
            // As over HTTP: it is the largest that was meant, if any was.
            let refusal = CurlReply(status: 413, retryAfter: nil, body: [])
            jobs.removeValue(forKey: largest.id)?.end(.success(.refused(refusal)))
        }
        for request in loss.interrupted {
            jobs.removeValue(forKey: request.id)?.end(.failure(failure))
        }
        endAll(.failure(failure.asUnsent))
        return again
    }

    private func endAll(_ outcome: Result<WebSocketReply, TransportFailure>) {
        for job in jobs.values { job.end(outcome) }
        jobs = [:]
    }
}
