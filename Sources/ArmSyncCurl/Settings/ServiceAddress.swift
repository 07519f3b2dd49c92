extension CurlConfiguration {
    /// What the URL of every request begins with, domain and path included.
    package var serviceURL: String {
        get throws(CurlConfigurationError) {
            try ServiceAddress(server: server, pathPrefix: pathPrefix, domain: domain).base
        }
    }
}

/// The server's checked address: what the URL of a command starts with, and what people call it.
struct ServiceAddress: Hashable, Sendable {
    /// `http://switch.example:8086/biysk.local/service/cc/arm/`.
    let base: String
    /// For messages: `switch.example`.
    let host: String
    /// For messages: `switch.example:8086`, the scheme's own port included.
    let endpoint: String

    /// The URL of a command.
    func url(of command: String) -> String { base + command }

    init(
        server: String,
        pathPrefix: String,
        domain: String
    ) throws(CurlConfigurationError) {
        let origin = try ServerOrigin(server)
        host = origin.host
        endpoint = "\(origin.host):\(origin.port)"
        base =
            origin.text + (try Self.path(prefix: pathPrefix))
            + (try Self.segment(domain: domain)) + "service/cc/arm/"
    }

    /// The prefix with one slash at each end.
    private static func path(prefix: String) throws(CurlConfigurationError) -> String {
        func refuse(_ message: String) -> CurlConfigurationError {
            CurlConfigurationError(setting: "path_prefix", message: message)
        }
        guard !prefix.utf8.contains(where: isControl) else {
            throw refuse("the path prefix has a control character in it")
        }
        guard !prefix.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") })
        else { throw refuse("the path prefix has ? or # in it; it can only be a path") }
        let segments = prefix.split(separator: "/")
        guard !segments.contains(where: isDots) else {
            throw refuse("the path prefix has . or .. as a step; write the path it leads to")
        }
        // A percent sign stays: whoever writes `%20` in a path has encoded it already.
        return segments.reduce(into: "/") {
            $0 += percentEncoded($1.utf8, keeping: pathCharacters) + "/"
        }
    }

    /// The domain as one step of a path, whatever bytes it has.
    private static func segment(domain: String) throws(CurlConfigurationError) -> String {
        func refuse(_ message: String) -> CurlConfigurationError {
            CurlConfigurationError(setting: "domain", message: message)
        }
        guard !domain.isEmpty else { throw refuse("the domain is empty") }
        guard !domain.utf8.contains(where: isControl) else {
            throw refuse("the domain has a control character in it")
        }
        guard !isDots(domain[...]) else {
            throw refuse("the domain cannot be \(domain), which is a step in a path")
        }
        return percentEncoded(domain.utf8, keeping: []) + "/"
    }

    private static func isDots(_ step: Substring) -> Bool { step == "." || step == ".." }

    private static let pathCharacters = Set("%!$&'()*+,;=:@".utf8)
}

/// The bytes as a part of a URL: letters, digits and `-._~` as they are (RFC 3986, 2.3), and what is
/// to be kept; the rest as `%XX`.
func percentEncoded(_ bytes: some Sequence<UInt8>, keeping kept: Set<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in bytes {
        if isUnreserved(byte) || kept.contains(byte) {
            encoded.append(byte)
        } else {
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Whether a byte could end a line or hide in one: what must never reach a request's head.
func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}

func isUnreserved(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "-._~".utf8.contains(byte)
}
