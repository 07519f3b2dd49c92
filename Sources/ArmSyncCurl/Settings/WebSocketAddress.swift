/// Where a WebSocket is opened, checked: the address to connect to, and what is asked for there.
struct WebSocketAddress: Hashable, Sendable {
    /// What libcurl connects to: `http://switch.example:8086/`.
    let url: String
    /// `/biysk.local/service/cc/arm`.
    let target: String
    /// The value of `Host`, without the port where the scheme implies it.
    let hostField: String

    /// - Parameter path: path and query, from the first slash on; nil is where the service's commands
    ///   are, behind the prefix.
    init(_ configuration: CurlConfiguration, path: String?) throws(CurlConfigurationError) {
        let origin = try ServerOrigin(configuration.server)
        url = origin.text + "/"
        hostField = origin.hasStandardPort ? origin.host : "\(origin.host):\(origin.port)"
        if let path {
            target = try Self.target(path)
        } else {
            let address = try ServiceAddress(
                server: configuration.server,
                pathPrefix: configuration.pathPrefix,
                domain: configuration.domain
            )
            target = String(address.base.dropFirst(origin.text.count).dropLast())
        }
    }

    private static func target(_ path: String) throws(CurlConfigurationError) -> String {
        func refuse(_ message: String) -> CurlConfigurationError {
            CurlConfigurationError(setting: "websocket_path", message: message)
        }
        guard path.hasPrefix("/") else {
            throw refuse("the WebSocket's path has to begin with a slash")
        }
        guard !path.utf8.contains(where: isControl) else {
            throw refuse("the WebSocket's path has a control character in it")
        }
        guard !path.utf8.contains(UInt8(ascii: "#")) else {
            throw refuse("the WebSocket's path has # in it, which no server ever sees")
        }
        return percentEncoded(path.utf8, keeping: Set("/%?!$&'()*+,;=:@".utf8))
    }
}
