/// What requests are sent to, as far as a cookie cares.
struct RequestTarget: Hashable, Sendable {
    let isSecure: Bool
    let host: String
    /// From the first slash on.
    let path: String

    /// - Parameter url: what every request's URL begins with, checked already.
    init(url: String) {
        isSecure = url.hasPrefix("https://")
        let rest = url.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        path = String(rest.dropFirst(authority.count))
        // The port is always there, behind the last colon; others are inside an IPv6 address.
        let end = authority.lastIndex(of: ":") ?? authority.endIndex
        host = authority[..<end].lowercased()
    }

    /// The rules of RFC 6265, 5.1.3, less strict domains where the file says so.
    func isWithin(domain: String, andBelow: Bool) -> Bool {
        let domain = domain.drop { $0 == "." }.lowercased()
        if host == domain { return true }
        return andBelow && !domain.isEmpty && host.hasSuffix("." + domain)
    }

    /// The rules of RFC 6265, 5.1.4.
    func isWithin(path prefix: String) -> Bool {
        guard path.hasPrefix(prefix) else { return false }
        return prefix.hasSuffix("/") || path.count == prefix.count
            || path.dropFirst(prefix.count).hasPrefix("/")
    }
}
