import ArmSync
import FoundationEssentials

/// The request that turns an HTTP connection into a WebSocket (RFC 6455, section 4.1).
struct UpgradeRequest: Sendable {
    /// The whole head, as it is sent.
    let bytes: [UInt8]
    /// What the server has to make of our key.
    let expectedAccept: String

    /// - Parameter key: 16 random bytes, of this connection alone.
    /// - Throws: where the credentials could not be sent as what they are; whoever fetched them has
    ///   checked that already, but here nothing stands between them and the wire.
    init(
        to address: WebSocketAddress,
        userAgent: String,
        credentials: Credentials,
        key: [UInt8]
    ) throws(CredentialError) {
        try credentials.check()
        let encodedKey = Data(key).base64EncodedString()
        expectedAccept = Self.accept(for: encodedKey)
        let lines =
            [
                "GET \(address.target) HTTP/1.1",
                "Host: \(address.hostField)",
                "User-Agent: \(userAgent)",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: \(encodedKey)",
            ] + (try Self.lines(of: credentials))
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// What a server answers to a key: proof that it speaks WebSocket and has read this very request.
    static func accept(for key: String) -> String {
        let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        return Data(SHA1.digest(of: Array((key + identifier).utf8))).base64EncodedString()
    }

    /// As libcurl would send them: a header that was given by name takes the place of what the login
    /// or the cookies would make.
    private static func lines(
        of credentials: Credentials
    ) throws(CredentialError) -> [String] {
        let names = Set(credentials.headers.map { $0.name.lowercased() })
        if let name = names.first(where: { $0.hasPrefix("sec-websocket-") }) {
            throw CredentialError(.unusable, "the header \(name) is set by arm-sync itself")
        }
        var lines: [String] = []
        if let login = credentials.login, !names.contains("authorization") {
            let pair = Data("\(login.name):\(login.value)".utf8)
            lines.append("Authorization: Basic \(pair.base64EncodedString())")
        }
        if !credentials.cookies.isEmpty, !names.contains("cookie") {
            let pairs = credentials.cookies.map { "\($0.name)=\($0.value)" }
            lines.append("Cookie: \(pairs.joined(separator: "; "))")
        }
        return lines + credentials.headers.map { "\($0.name): \($0.value)" }
    }
}
