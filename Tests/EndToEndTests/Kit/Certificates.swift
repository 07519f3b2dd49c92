import Foundation

/// An authority of the test's own and what it signed, in files that `openssl` wrote.
struct Certificates {
    let folder: String

    /// The authority itself.
    var authority: String { "\(folder)/authority.pem" }

    func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }

    init(in folder: String) throws {
        self.folder = folder
        try openssl(
            ["req", "-x509", "-subj", "/CN=arm-sync test authority", "-days", "1"]
                + Self.newKey + ["-keyout", key("authority"), "-out", authority]
        )
    }

    /// Issues a certificate, good for today unless said otherwise.
    ///
    /// - Parameter days: how long it is good, counted from now; a negative number is over already.
    func issue(_ name: String, for host: String, days: Int = 1) throws {
        let request = "\(folder)/\(name).request"
        let extensions = "\(folder)/\(name).extensions"
        try openssl(
            ["req", "-subj", "/CN=\(name)"] + Self.newKey
                + ["-keyout", key(name), "-out", request]
        )
        try Data("subjectAltName=\(host)\n".utf8).write(to: URL(filePath: extensions))
        try openssl([
            "x509", "-req", "-in", request, "-days", String(days), "-extfile", extensions,
            "-CA", authority, "-CAkey", key("authority"), "-out", certificate(name),
        ])
    }

    /// The digest of a certificate's public key, as curl and browsers pin it.
    func pin(_ name: String) throws -> String {
        let line =
            "openssl x509 -in '\(certificate(name))' -pubkey -noout"
            + " | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64"
        let outcome = try ChildProcess("/bin/sh", ["-c", line], environment: Self.path).wait()
        return "sha256//" + outcome.output.trimmingCharacters(in: .newlines)
    }

    private static let newKey = [
        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    ]
    private static let path = ["PATH": "/usr/bin:/bin"]

    private func openssl(_ arguments: [String]) throws {
        let outcome = try ChildProcess(
            "/usr/bin/openssl",
            arguments,
            environment: Self.path
        ).wait()
        guard outcome.code == 0 else { throw Unexpected(description: outcome.words) }
    }
}
