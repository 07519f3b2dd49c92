/// Whom to trust and how to prove oneself in TLS, checked. The server's certificate and its name are
/// always verified; no setting turns that off.
struct TLSPlan: Hashable, Sendable {
    let certificateAuthorityFile: String?
    let clientCertificate: String?
    let clientKey: String?
    let pinnedPublicKey: String?

    init(_ configuration: CurlConfiguration) throws(CurlConfigurationError) {
        certificateAuthorityFile = configuration.certificateAuthorityFile
        clientCertificate = configuration.clientCertificate
        clientKey = configuration.clientKey
        pinnedPublicKey = configuration.pinnedPublicKey
        for (file, setting) in [
            (certificateAuthorityFile, "tls.ca_file"),
            (clientCertificate, "tls.client_certificate"), (clientKey, "tls.client_key"),
        ] {
            if let file { try RequestHead.check(file, setting: setting, what: "the file's name") }
        }
        guard clientKey == nil || clientCertificate != nil else {
            throw CurlConfigurationError(
                setting: "tls.client_key",
                message: "a key is of no use without the certificate that "
                    + "\"tls.client_certificate\" names"
            )
        }
        if let pinnedPublicKey { try Self.check(pin: pinnedPublicKey) }
    }

    /// libcurl takes what does not begin with `sha256//` for the name of a file.
    private static func check(pin: String) throws(CurlConfigurationError) {
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        let isDigest = { (digest: Substring) in
            digest.hasPrefix("sha256//") && digest.utf8.count == 8 + 44
                && digest.utf8.dropFirst(8).prefix(43).allSatisfy { digits.contains($0) }
                && digest.hasSuffix("=")
        }
        guard pin.split(separator: ";", omittingEmptySubsequences: false).allSatisfy(isDigest)
        else {
            throw CurlConfigurationError(
                setting: "tls.pinned_public_key",
                message: "a pinned key is sha256// and 44 characters of base64; several have "
                    + "semicolons in between"
            )
        }
    }
}
