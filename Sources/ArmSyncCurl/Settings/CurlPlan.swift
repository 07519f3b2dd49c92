import ArmProtocol

/// A configuration that was checked, in the words libcurl takes.
struct CurlPlan: Sendable {
    let address: ServiceAddress
    let head: RequestHead
    let userAgent: String
    let connectTimeout: Duration
    let totalTimeout: Duration
    let stallTimeout: Duration
    let parallel: Int
    let tls: TLSPlan
    let proxy: String?

    /// A response larger than this, after inflation, is not read to its end.
    static let responseLimit = DocumentLimits.responseBody
    /// More would be many idle connections to a server that answers in milliseconds.
    static let parallelLimit = 64

    init(_ configuration: CurlConfiguration) throws(CurlConfigurationError) {
        address = try ServiceAddress(
            server: configuration.server,
            pathPrefix: configuration.pathPrefix,
            domain: configuration.domain
        )
        head = try RequestHead(contentType: configuration.contentType)
        try RequestHead.check(
            configuration.userAgent,
            setting: "user_agent",
            what: "the user agent"
        )
        userAgent = configuration.userAgent
        connectTimeout = try Self.positive(configuration.connectTimeout, "timeouts.connect")
        totalTimeout = try Self.positive(configuration.totalTimeout, "timeouts.total")
        stallTimeout = try Self.positive(configuration.stallTimeout, "timeouts.stall")
        guard (1...Self.parallelLimit).contains(configuration.parallel) else {
            throw CurlConfigurationError(
                setting: "parallel",
                message: "parallel has to be a number from 1 to \(Self.parallelLimit)"
            )
        }
        parallel = configuration.parallel
        tls = try TLSPlan(configuration)
        if let proxy = configuration.proxy { try Self.check(proxy: proxy) }
        proxy = configuration.proxy
    }

    /// To libcurl, a scheme it does not know means "cannot connect", and people would be told to
    /// wait for better times.
    private static func check(proxy: String) throws(CurlConfigurationError) {
        try RequestHead.check(proxy, setting: "proxy", what: "the proxy's address")
        guard let end = proxy.firstRange(of: "://") else { return }
        let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        guard known.contains(proxy[..<end.lowerBound].lowercased()) else {
            throw CurlConfigurationError(
                setting: "proxy",
                message: "the proxy's address has to start with "
                    + known.map { "\($0)://" }.joined(separator: ", ")
            )
        }
    }

    /// To libcurl, a timeout of nothing means "for ever".
    private static func positive(
        _ timeout: Duration,
        _ setting: String
    ) throws(CurlConfigurationError) -> Duration {
        guard timeout > .zero, timeout <= .seconds(24 * 60 * 60) else {
            throw CurlConfigurationError(
                setting: setting,
                message: "\(setting) has to be more than 0 and at most 24h"
            )
        }
        return timeout
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that what is not zero stays so.
    var millisecondsRoundedUp: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000
            + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// For messages: `30 s`, `200 ms`.
    var inWords: String {
        let milliseconds = millisecondsRoundedUp
        return milliseconds.isMultiple(of: 1000)
            ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
