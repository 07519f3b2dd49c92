package import ArmProtocol

/// Where the server is and how to talk to it. Checked when a `CurlTransport` is made of it.
package struct CurlConfiguration: Sendable {
    /// Scheme, host and port: `http://switch.example:8086`.
    package var server: String
    /// The server's domain, a part of every path; percent-encoded here.
    package var domain: String
    /// A path in front of the domain, for servers behind a proxy; empty or `/like/this`.
    package var pathPrefix = ""
    /// `Content-Type` of every request.
    package var contentType = "text/xml; charset=utf-8"
    /// `User-Agent` of every request, `arm-sync/VERSION`.
    package var userAgent: String
    /// How messages are written and read.
    package var form: XMLForm

    /// How long connecting may take: name, TCP and TLS together.
    package var connectTimeout: Duration = .seconds(5)
    /// How long one request may take, connecting included; waiting for its turn is not counted.
    package var totalTimeout: Duration = .seconds(30)
    /// How long nothing at all may move in a transfer. libcurl counts whole seconds, so this is
    /// rounded up, and averages over some: it can take up to 6 s longer.
    package var stallTimeout: Duration = .seconds(15)
    /// How many requests are under way at once, and how many connections are kept.
    package var parallel = 4

    /// A file of trusted certificates in PEM; nil is the system's own.
    package var certificateAuthorityFile: String?
    /// What proves to the server who asks, before any request: a certificate in PEM, and its key,
    /// which may also be in the same file.
    package var clientCertificate: String?
    package var clientKey: String?
    /// The only public keys to accept, on top of a trusted certificate: `sha256//` and the digest in
    /// base64, several of them with semicolons in between.
    package var pinnedPublicKey: String?
    /// The proxy to go through; nil takes it from the environment as curl does, empty is none.
    package var proxy: String?

    package init(server: String, domain: String, userAgent: String, form: XMLForm = XMLForm()) {
        self.server = server
        self.domain = domain
        self.userAgent = userAgent
        self.form = form
    }
}

extension CurlConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
    /// The domain alone: addresses may have credentials in them until they are checked.
    package var description: String { "CurlConfiguration(domain: \(domain))" }
    package var debugDescription: String { description }
}

/// A setting that cannot be used as it is.
package struct CurlConfigurationError: Error, Hashable, Sendable {
    /// The configuration key: `server`, `timeouts.total`.
    package var setting: String
    /// What is wrong and what to do, in plain English, without a trailing full stop.
    package var message: String
}
