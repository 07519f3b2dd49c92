/// The credentials of one run: fetched at first need, once more when they expire, and once more
/// when the server turns them away; by one task, however many documents wait for them.
actor CredentialKeeper {
    struct Held: Sendable {
        var credentials: Credentials
        /// How many were fetched before.
        var generation: Int
    }

    private let source: any CredentialSource
    private let now: @Sendable () -> Timestamp
    private var fetching: Task<Result<Credentials, CredentialError>, Never>?
    private var generation = 0
    private var hasReplacedRefused = false

    init(source: any CredentialSource, now: @escaping @Sendable () -> Timestamp) {
        self.source = source
        self.now = now
    }

    /// What to send now. A source that failed is not asked again in this run.
    func current() async throws(CredentialError) -> Held {
        let held = try await self.held()
        guard let expiresAt = held.credentials.expiresAt, expiresAt <= now() else { return held }
        if held.generation == generation { fetch(.expired) }
        return try await self.held()
    }

    /// Other ones in place of those that were turned away; nil where there are none. The same ones
    /// are not worth a second try: each may count towards locking the account.
    func replacement(for refused: Held) async throws(CredentialError) -> Held? {
        if refused.generation == generation {
            guard !hasReplacedRefused else { return nil }
            hasReplacedRefused = true
            fetch(.refused)
        }
        let fresh = try await held()
        return fresh.credentials.sendsTheSame(as: refused.credentials) ? nil : fresh
    }

    private func held() async throws(CredentialError) -> Held {
        if fetching == nil { fetch(.first) }
        guard let task = fetching else { return Held(credentials: .none, generation: generation) }
        let number = generation
        let outcome = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return Held(credentials: try outcome.get(), generation: number)
    }

    private func fetch(_ reason: CredentialReason) {
        if fetching != nil { generation += 1 }
        fetching = Task { [source, now] in
            do throws(CredentialError) {
                var credentials = try await source.credentials(reason)
                // Those that come expired are good until they are turned away: asking again would
                // yield the like, request by request.
                if let expiresAt = credentials.expiresAt, expiresAt <= now() {
                    credentials.expiresAt = nil
                }
                return .success(credentials)
            } catch {
                return .failure(error)
            }
        }
    }
}
