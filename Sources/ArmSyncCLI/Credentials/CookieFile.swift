import ArmSync

/// A file of cookies: the Netscape format that browsers and curl export, or `name=value` lines.
struct CookieFile {
    private struct Line {
        var cookie: NamedSecret
        var rule: Rule?
    }

    /// For what a cookie is meant, and until when.
    fileprivate struct Rule {
        var domain: String
        var coversSubdomains: Bool
        var path: String
        var needsTLS: Bool
        /// Seconds since 1970; 0 is for the session.
        var expires: Int64
    }

    private let lines: [Line]
    private let path: String

    init(text: String, path: String) throws(CredentialError) {
        self.path = path
        var lines: [Line] = []
        let rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, row) in rows.enumerated() {
            guard let parsed = Self.lines(of: row) else {
                throw CredentialError(
                    .unusable,
                    "line \(number + 1) of \(path) is neither a cookie in the Netscape format nor "
                        + "name=value"
                )
            }
            lines += parsed
        }
        self.lines = lines
    }

    /// The cookies for the server; never those for others.
    func cookies(
        for target: RequestTarget,
        at now: Timestamp
    ) throws(CredentialError) -> [NamedSecret] {
        let meant = lines.filter { $0.rule?.isMeant(for: target) ?? true }
        let valid = meant.filter { line in
            guard let rule = line.rule, rule.expires != 0 else { return true }
            return rule.expires > now.milliseconds / 1000
        }
        guard !valid.isEmpty else {
            let reason =
                meant.isEmpty
                ? "has no cookie for \(target.host)" : "has no cookie that has not expired"
            throw CredentialError(.unusable, "\(path) \(reason); log in again")
        }
        return valid.map(\.cookie)
    }

    /// Nothing for a comment, nil for what is no cookie.
    private static func lines(of row: Substring) -> [Line]? {
        let marker = "#HttpOnly_"
        if row.hasPrefix("#") && !row.hasPrefix(marker) { return [] }
        if row.allSatisfy(\.isWhitespace) { return [] }
        let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
        if fields.count == 7 {
            guard let expires = Int64(fields[4]) else { return nil }
            let domain = fields[0].hasPrefix(marker) ? fields[0].dropFirst(marker.count) : fields[0]
            let rule = Rule(
                domain: String(domain),
                coversSubdomains: fields[1] == "TRUE",
                path: String(fields[2]),
                needsTLS: fields[3] == "TRUE",
                expires: expires
            )
            let cookie = NamedSecret(name: String(fields[5]), value: String(fields[6]))
            return [Line(cookie: cookie, rule: rule)]
        }
        var lines: [Line] = []
        for pair in row.split(separator: ";") {
            let parts = pair.drop { $0 == " " }.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard parts.count == 2 else { return nil }
            lines.append(
                Line(cookie: NamedSecret(name: String(parts[0]), value: String(parts[1])))
            )
        }
        return lines
    }
}

extension CookieFile.Rule {
    fileprivate func isMeant(for target: RequestTarget) -> Bool {
        target.isWithin(domain: domain, andBelow: coversSubdomains)
            && target.isWithin(path: path) && (target.isSecure || !needsTLS)
    }
}
