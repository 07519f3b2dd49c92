/// The header lines of every request, checked: nothing in them can end a line.
struct RequestHead: Hashable, Sendable {
    /// As curl takes them: `Name: value`.
    let lines: [String]

    init(contentType: String, headers: [HeaderField]) throws(CurlConfigurationError) {
        // An empty `Expect:` removes the header that curl would add for a long body, and with it
        // the second it waits for a server that does not answer `100 Continue`.
        var lines = ["Expect:"]
        try Self.check(
            contentType,
            setting: "content_type",
            what: "the content type"
        )
        guard !contentType.isEmpty else {
            throw CurlConfigurationError(
                setting: "content_type",
                message: "the content type is empty"
            )
        }
        lines.append("Content-Type: \(contentType)")
        for field in headers {
            try Self.check(name: field.name)
            try Self.check(
                field.value,
                setting: "headers",
                what: "the value of header \(field.name)"
            )
            // To curl, `Name:` with nothing behind it means "leave it out".
            lines.append(
                field.value.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
                    ? "\(field.name);" : "\(field.name): \(field.value)"
            )
        }
        self.lines = lines
    }

    /// Refuses a value that would become more than one line. The value is not repeated in the
    /// message: it may be a secret.
    static func check(
        _ value: String,
        setting: String,
        what: String
    ) throws(CurlConfigurationError) {
        guard !value.utf8.contains(where: isControl) else {
            throw CurlConfigurationError(
                setting: setting,
                message: "\(what) has a control character in it"
            )
        }
    }

    private static func check(name: String) throws(CurlConfigurationError) {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenCharacter) else {
            throw CurlConfigurationError(
                setting: "headers",
                message: "a header's name is empty or has a character that names cannot have"
            )
        }
        guard !reserved.contains(name.lowercased()) else {
            throw CurlConfigurationError(
                setting: "headers",
                message: "the header \(name) is set by arm-sync itself"
            )
        }
    }

    /// What frames the message, or has a setting of its own: a second one of these would let the
    /// server read another request than the one that was written.
    private static let reserved: Set<String> = [
        "accept-encoding", "connection", "content-length", "content-type", "expect",
        "transfer-encoding", "upgrade", "user-agent",
    ]

    /// RFC 9110, 5.6.2.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
