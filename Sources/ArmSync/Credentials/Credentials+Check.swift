extension Credentials {
    /// Refuses what could not be sent as what it is: a control byte could end a header's line and
    /// begin another. No message repeats a value.
    package func check() throws(CredentialError) {
        if let login {
            try Self.refuseControls(in: login.name, of: "the user name")
            try Self.refuseControls(in: login.value, of: "the password")
            guard !login.name.utf8.contains(UInt8(ascii: ":")) else {
                throw CredentialError(.unusable, "the user name has a colon in it")
            }
        }
        for header in headers {
            try Self.check(name: header.name, of: "a header")
            try Self.refuseControls(in: header.value, of: "the value of header \(header.name)")
            guard !Self.reserved.contains(header.name.lowercased()) else {
                throw CredentialError(
                    .unusable,
                    "the header \(header.name) is set by arm-sync itself"
                )
            }
        }
        for cookie in cookies {
            try Self.check(name: cookie.name, of: "a cookie")
            try Self.refuseControls(in: cookie.value, of: "the value of cookie \(cookie.name)")
            guard !cookie.value.utf8.contains(UInt8(ascii: ";")) else {
                throw CredentialError(
                    .unusable,
                    "the value of cookie \(cookie.name) has a semicolon in it"
                )
            }
        }
    }

    private static func refuseControls(
        in value: String,
        of what: String
    ) throws(CredentialError) {
        guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw CredentialError(.unusable, "\(what) has a control character in it")
        }
    }

    /// The tokens of RFC 9110, 5.6.2.
    private static func check(name: String, of what: String) throws(CredentialError) {
        let isToken =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
        guard isToken else {
            throw CredentialError(
                .unusable,
                "the name of \(what) is empty or has a character that names cannot have"
            )
        }
    }

    /// What frames the message, says where it goes, or has a setting of its own: a second one of
    /// these would let the server read another request than the one that was written.
    private static let reserved: Set<String> = [
        "accept-encoding", "connection", "content-length", "content-type", "expect", "host", "te",
        "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]
}
