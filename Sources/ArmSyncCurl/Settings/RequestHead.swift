/// The header lines that every request has, checked: nothing in them can end a line.
struct RequestHead: Hashable, Sendable {
    /// As curl takes them: `Name: value`.
    let lines: [String]

    init(contentType: String) throws(CurlConfigurationError) {
        try Self.check(contentType, setting: "content_type", what: "the content type")
        guard !contentType.isEmpty else {
            throw CurlConfigurationError(
                setting: "content_type",
                message: "the content type is empty"
            )
        }
        // An empty `Expect:` removes the header that curl would add for a long body, and with it
        // the second it waits for a server that does not answer `100 Continue`.
        lines = ["Expect:", "Content-Type: \(contentType)"]
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
}
