import ArmProtocol
import ArmSync
import ArmSyncCurl

/// A transport that holds something open until it is told to let go.
protocol ClosableTransport: CredentialedTransport {
    /// Ends what is under way, and returns when everything is closed.
    func close()

    /// Messages that answered no request.
    var skippedMessages: Int { get }
}

extension CurlTransport: ClosableTransport {
    /// Over HTTP nothing comes unasked.
    var skippedMessages: Int { 0 }
}
extension WebSocketTransport: ClosableTransport {}

extension Workspace {
    /// The way to the switch that is configured.
    func makeTransport(_ curl: CurlConfiguration) throws(CommandError) -> any ClosableTransport {
        do throws(CurlConfigurationError) {
            switch transport {
            case .http: return try CurlTransport(curl)
            case .websocket:
                return try WebSocketTransport(
                    curl,
                    path: configuration.webSocketPath,
                    form: MessageForm(
                        mapping: configuration.mapping,
                        padding: configuration.messagePadding,
                        length: configuration.messageLength
                    )
                )
            }
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }

    /// What the URL of every request begins with, as far as credentials care: a WebSocket is opened by
    /// a request over HTTP.
    func requestURL(_ curl: CurlConfiguration) throws(CommandError) -> String {
        do {
            if transport == .websocket, let path = configuration.webSocketPath {
                return try CurlConfiguration.origin(of: curl.server) + path.prefix { $0 != "?" }
            }
            return try curl.serviceURL
        } catch {
            throw CommandError(.configuration, "\"\(error.setting)\": \(error.message)")
        }
    }

    func curlConfiguration(
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
}
