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
        let curl = try curlConfiguration(binding)
        let transport = try makeTransport(curl)
        defer { transport.close() }
        let authenticating = AuthenticatingTransport(
            transport,
            source: try credentialSource(for: try serviceURL(curl)),
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

    private func curlConfiguration(
        _ binding: Binding
    ) throws(CommandError) -> CurlConfiguration {
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
        curl.certificateAuthorityFile = configuration.certificateAuthorityFile
        curl.clientCertificate = configuration.clientCertificate
        curl.clientKey = configuration.clientKey
        curl.pinnedPublicKey = configuration.pinnedPublicKey
        curl.proxy = configuration.proxy
        if let file = curl.clientKey ?? curl.clientCertificate {
            do { try SecretFile.check(file) } catch {
                throw CommandError(.configuration, error.message)
            }
        }
        return curl
    }

    private func serviceURL(_ curl: CurlConfiguration) throws(CommandError) -> String {
        do { return try curl.serviceURL } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }

    private func makeTransport(
        _ curl: CurlConfiguration
    ) throws(CommandError) -> CurlTransport {
        do {
            return try CurlTransport(curl)
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }
}
