import ArmSync

/// What a credentials command wrote: lines of `key=value`, as git's credential helpers write them.
struct CredentialsAnswer {
    let credentials: Credentials

    /// Keys that are not ours are left alone, so that a helper made for git can be used as it is.
    init(_ bytes: [UInt8], at now: Timestamp) throws(CredentialError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.unusable("what the credentials command wrote is not UTF-8")
        }
        var credentials = Credentials()
        var (username, password): (String?, String?)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty
        {
            guard let (key, value) = Self.pair(line, "=") else {
                throw Self.unusable(
                    "line \(number + 1) of what the credentials command wrote is not key=value"
                )
            }
            switch key {
            case "username": username = String(value)
            case "password": password = String(value)
            case "header":
                guard let (name, rest) = Self.pair(value, ":") else {
                    throw Self.unusable(
                        "a header of the credentials command is not \"Name: value\""
                    )
                }
                let header = String(rest.drop { $0 == " " })
                credentials.headers.append(NamedSecret(name: String(name), value: header))
            case "cookie":
                guard let (name, rest) = Self.pair(value, "=") else {
                    throw Self.unusable("a cookie of the credentials command is not name=value")
                }
                credentials.cookies.append(NamedSecret(name: String(name), value: String(rest)))
            case "expires":
                credentials.expiresAt = try Self.time(value, now)
            default: continue
            }
        }
        credentials.login = try Self.login(username, password)
        guard !credentials.isEmpty else {
            throw Self.unusable(
                "the credentials command gave none; it has to write username= and password=, "
                    + "header= or cookie="
            )
        }
        try credentials.check()
        self.credentials = credentials
    }

    private static func login(
        _ username: String?,
        _ password: String?
    ) throws(CredentialError) -> NamedSecret? {
        switch (username, password) {
        case (nil, nil): return nil
        case (let username?, let password?): return NamedSecret(name: username, value: password)
        default:
            throw unusable(
                "the credentials command gave one of username and password without the other"
            )
        }
    }

    /// A time as RFC 3339 has it, or a number of seconds: from now on where it is small, since 1970
    /// where it is a date, as git's `password_expiry_utc` is.
    private static func time(
        _ text: Substring,
        _ now: Timestamp
    ) throws(CredentialError) -> Timestamp {
        if let time = Timestamp(rfc3339: String(text)) { return time }
        guard let seconds = Int64(text), (0...100_000_000_000).contains(seconds) else {
            throw unusable(
                "expires= of the credentials command is neither an RFC 3339 time nor seconds"
            )
        }
        let isDate = seconds >= 1_000_000_000
        return isDate ? Timestamp(milliseconds: seconds * 1000) : now + .seconds(seconds)
    }

    static func pair(
        _ text: Substring,
        _ separator: Character
    ) -> (name: Substring, value: Substring)? {
        guard let index = text.firstIndex(of: separator), index > text.startIndex else {
            return nil
        }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func unusable(_ message: String) -> CredentialError {
        CredentialError(.unusable, message)
    }
}
