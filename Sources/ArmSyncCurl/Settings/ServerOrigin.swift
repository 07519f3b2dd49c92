extension CurlConfiguration {
    /// The one spelling of a server's address: scheme, host in lower case, port.
    /// `ws` counts as `http` and `wss` as `https`: the way it is spoken to does not make it another
    /// server.
    package static func origin(of server: String) throws(CurlConfigurationError) -> String {
        try ServerOrigin(server).text
    }

    /// Whether the address asks for a WebSocket by its scheme, `ws://` or `wss://`.
    package static func asksForWebSocket(
        _ server: String
    ) throws(CurlConfigurationError) -> Bool {
        try ServerOrigin(server).asksForWebSocket
    }
}

/// Scheme, host and port out of the `server` setting, and nothing else.
///
/// Stricter than a URL parser on purpose: what is refused here cannot mean one thing to us and
/// another to libcurl.
struct ServerOrigin: Hashable, Sendable {
    /// `http://switch.example:8086`, whichever of the two ways it is spoken to.
    let text: String
    let host: String
    let port: UInt16
    let asksForWebSocket: Bool
    let hasStandardPort: Bool

    init(_ server: String) throws(CurlConfigurationError) {
        func refuse(_ message: String) -> CurlConfigurationError {
            CurlConfigurationError(setting: "server", message: message)
        }
        let bytes = Array(server.utf8)
        guard !bytes.contains(where: isControl) else {
            throw refuse("the server's address has a control character in it")
        }
        guard let (scheme, rest) = Self.scheme(of: bytes) else {
            throw refuse(
                "the server's address has to start with http:// or https://, or with ws:// or "
                    + "wss:// for a WebSocket, like http://switch.example:8086"
            )
        }
        guard !rest.contains(UInt8(ascii: "@")) else {
            throw refuse(
                "the server's address has a user name or password in it; "
                    + "credentials have settings of their own"
            )
        }
        guard !rest.contains(UInt8(ascii: "?")), !rest.contains(UInt8(ascii: "#")) else {
            throw refuse("the server's address has ? or # in it; give scheme, host and port only")
        }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        guard rest.count - authority.count <= 1 else {
            throw refuse(
                "the server's address has a path in it; a path in front of the domain is the "
                    + "setting path_prefix"
            )
        }
        let (hostBytes, portBytes) = Self.split(authority)
        guard Self.isHost(hostBytes) else {
            throw refuse(
                "the server's address has no usable host; give a name in its ASCII form, an IPv4 "
                    + "address, or an IPv6 address in brackets"
            )
        }
        guard let port = Self.port(portBytes, default: scheme.port) else {
            throw refuse("the server's address has no usable port; give a number from 1 to 65535")
        }
        host = String(decoding: hostBytes.map(Self.lowercased), as: UTF8.self)
        self.port = port
        text = "\(scheme.origin)://\(host):\(port)"
        hasStandardPort = port == scheme.port
        asksForWebSocket = scheme.name != scheme.origin
    }

    private struct Scheme {
        var name: String
        /// The scheme of the origin that it stands for.
        var origin: String
        var port: UInt16

        static let known = [
            Scheme(name: "http", origin: "http", port: 80),
            Scheme(name: "https", origin: "https", port: 443),
            Scheme(name: "ws", origin: "http", port: 80),
            Scheme(name: "wss", origin: "https", port: 443),
        ]
    }

    private static func scheme(of bytes: [UInt8]) -> (Scheme, rest: ArraySlice<UInt8>)? {
        for scheme in Scheme.known {
            let start = Array("\(scheme.name)://".utf8)
            guard bytes.count > start.count else { continue }
            if zip(bytes, start).allSatisfy({ lowercased($0) == $1 }) {
                return (scheme, bytes[start.count...])
            }
        }
        return nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Host and port; the colons of an IPv6 address stand inside brackets.
    private static func split(
        _ authority: ArraySlice<UInt8>
    ) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
        let bracket = authority.lastIndex(of: UInt8(ascii: "]"))
        let afterHost = bracket.map { authority.index(after: $0) } ?? authority.startIndex
        guard let colon = authority[afterHost...].firstIndex(of: UInt8(ascii: ":")) else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func isHost(_ host: ArraySlice<UInt8>) -> Bool {
        guard let first = host.first, let last = host.last, host.count <= 255 else { return false }
        if first == UInt8(ascii: "[") {
            let address = host.dropFirst().dropLast()
            return last == UInt8(ascii: "]") && address.contains(UInt8(ascii: ":"))
                && address.allSatisfy { isHexadecimal($0) || ":.".utf8.contains($0) }
        }
        return isLetterOrDigit(first)
            && host.allSatisfy { isLetterOrDigit($0) || "-._".utf8.contains($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        "0123456789abcdefABCDEF".utf8.contains(byte)
    }

    private static func port(_ digits: ArraySlice<UInt8>?, default standard: UInt16) -> UInt16? {
        guard let digits else { return standard }
        guard !digits.isEmpty, digits.allSatisfy({ "0123456789".utf8.contains($0) }) else {
            return nil
        }
        return UInt16(String(decoding: digits, as: UTF8.self)).flatMap { $0 == 0 ? nil : $0 }
    }
}
