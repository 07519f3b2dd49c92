import ArmProtocol
import ArmSync
import ArmSyncCurl

extension Workspace {
    /// The engine over the real transport, for as long as `work` takes.
    ///
    /// - Parameter rehearses: whether it only reads, and writes nothing anywhere.
    func withEngine<Success: Sendable>(
        rehearses: Bool = false,
        _ work: @escaping @Sendable (SyncEngine) async throws(StoreError) -> Success
    ) throws(CommandError) -> Success {
        let binding = try requiredBinding()
        let transport = try makeTransport(binding)
        defer { transport.close() }
        let engine = SyncEngine(
            store: rehearses ? RehearsedStore(over: store) : store,
            transport: rehearses ? RehearsedTransport(over: transport) : transport,
            settings: configuration.sync,
            binding: binding,
            now: Surroundings.now,
            chance: { Double.random(in: 0...1) }
        )
        do throws(StoreError) {
            return try runBlocking { () async throws(StoreError) in try await work(engine) }
        } catch {
            throw CommandError(error)
        }
    }

    /// Editing needs no server; asking it does.
    private func requiredBinding() throws(CommandError) -> Binding {
        guard configuration.server != nil else {
            throw CommandError(
                .configuration,
                "no server is configured",
                advice: "Name it with --server, ARM_SYNC_SERVER or the configuration key "
                    + "\"server\", such as http://host:8086."
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

    private func makeTransport(_ binding: Binding) throws(CommandError) -> CurlTransport {
        var curl = CurlConfiguration(
            server: binding.server,
            domain: binding.domain,
            userAgent: "arm-sync/\(ArmSyncCommand.version)",
            form: XMLForm(mapping: configuration.mapping)
        )
        curl.pathPrefix = configuration.pathPrefix
        curl.contentType = configuration.contentType
        curl.connectTimeout = configuration.connectTimeout
        curl.totalTimeout = configuration.totalTimeout
        curl.stallTimeout = configuration.stallTimeout
        curl.parallel = configuration.sync.parallel
        do {
            return try CurlTransport(curl)
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }
}
