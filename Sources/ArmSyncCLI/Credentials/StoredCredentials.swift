import ArmSync

/// Credentials that stand in files, read anew each time they are asked for.
struct StoredCredentials: CredentialSource {
    /// Where a secret stands.
    enum Secret: Sendable {
        case inFile(String)
        case given(NamedSecret)
    }

    enum Form: Sendable {
        case login(name: String, Secret)
        case header(name: String, Secret)
        case cookies(path: String, target: RequestTarget)
    }

    let form: Form

    func credentials(
        _ reason: CredentialReason
    ) async throws(CredentialError) -> Credentials {
        var credentials = Credentials()
        switch form {
        case .login(let name, let secret):
            credentials.login = NamedSecret(name: name, value: try secret.text())
        case .header(let name, let secret):
            credentials.headers = [NamedSecret(name: name, value: try secret.text())]
        case .cookies(let path, let target):
            let file = try CookieFile(text: try SecretFile.text(of: path), path: path)
            credentials.cookies = try file.cookies(for: target, at: Surroundings.now())
        }
        try credentials.check()
        return credentials
    }
}

extension StoredCredentials.Secret {
    fileprivate func text() throws(CredentialError) -> String {
        switch self {
        case .inFile(let path): try SecretFile.text(of: path)
        case .given(let secret): secret.value
        }
    }
}
