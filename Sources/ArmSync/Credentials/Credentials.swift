/// What proves to the server who asks. The values are secrets: they show in no description.
package struct Credentials: Hashable, Sendable {
    /// User name and password, for the Basic scheme (RFC 7617).
    package var login: NamedSecret?
    /// Header fields to send as they are.
    package var headers: [NamedSecret] = []
    /// Cookies to send.
    package var cookies: [NamedSecret] = []
    /// From when on they are not worth sending; nil is until they are turned away.
    package var expiresAt: Timestamp?

    package static let none = Credentials()

    package init() {}

    package var isEmpty: Bool { login == nil && headers.isEmpty && cookies.isEmpty }

    /// Whether the same would be sent, whenever it expires.
    package func sendsTheSame(as other: Credentials) -> Bool {
        login == other.login && headers == other.headers && cookies == other.cookies
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many of each kind, nothing more.
    package var description: String {
        "Credentials(\(login == nil ? 0 : 1) logins, \(headers.count) headers, "
            + "\(cookies.count) cookies)"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A value that nobody may see, under a name that everybody may.
package struct NamedSecret: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension NamedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): …" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
