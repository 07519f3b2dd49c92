import ArmProtocol
import ArmSync

extension Workspace {
    /// The engine over the real transport, for as long as `work` takes.
    ///
    /// - Parameter rehearses: whether it only reads, and writes nothing anywhere.
    func withEngine<Success: Sendable>(
        rehearses: Bool = false,
        _ work: @escaping @Sendable (SyncEngine) async throws(StoreError) -> Success
    ) throws(CommandError) -> Success {
        let binding = try requiredBinding()
        let curl = try curlConfiguration(binding)
        let wire = try makeTransport(curl)
        defer {
            wire.close()
            tell(ofSkipped: wire.skippedMessages)
        }
        let authenticating = AuthenticatingTransport(
            wire,
            source: try credentialSource(for: try requestURL(curl)),
            now: Surroundings.now
        )
        let engine = SyncEngine(
            store: rehearses ? RehearsedStore(over: store) : store,
            transport: rehearses ? RehearsedTransport(over: authenticating) : authenticating,
            settings: configuration.sync,
            binding: binding,
            credentialsMark: credentialsMark,
            now: Surroundings.now,
            chance: { Double.random(in: 0...1) }
        )
        do throws(StoreError) {
            return try runBlocking { () async throws(StoreError) in try await work(engine) }
        } catch {
            throw CommandError(error)
        }
    }

    /// A server pushes events to whoever is connected: of interest only to who wonders about it.
    private func tell(ofSkipped count: Int) {
        guard console.isVerbose, count > 0 else { return }
        Console.warn("arm-sync: skipped \(count.counted("message")) that answered no request")
    }

    /// Editing needs no server; asking it does.
    private func requiredBinding() throws(CommandError) -> Binding {
        guard configuration.server != nil else {
            throw CommandError(
                .configuration,
                "no server is configured",
                advice: "Name it with --server, ARM_SYNC_SERVER or the configuration key "
                    + "\"server\", such as http://host:8086; arm-sync init asks for it and writes it."
            )
        }
        guard let binding = configuration.sync.binding else {
            throw CommandError(
                .configuration,
                "no domain is configured",
                advice: "Name it with --domain, ARM_SYNC_DOMAIN or the configuration key "
                    + "\"domain\"."
            )
        }
        return binding
    }
}
