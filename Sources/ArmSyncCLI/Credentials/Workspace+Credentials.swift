import ArmSync
import ArmSyncCurl

/// The environment's own way to name a command; it stands for the type, too.
let credentialsCommandVariable = "ARM_SYNC_CREDENTIALS_COMMAND"

extension Workspace {
    /// Where credentials come from, as configured.
    func credentialSource(for url: String) throws(CommandError) -> any CredentialSource {
        let settings = configuration.credentials
        switch settings.kind {
        case .none: return NoCredentials()
        case .basic:
            let name = try required(settings.username, "username")
            let secret = try secret(
                settings.password,
                "password",
                settings.passwordFile,
                "password_file"
            )
            return StoredCredentials(form: .login(name: name, secret))
        case .header:
            let name = try required(settings.name, "name")
            let secret = try secret(settings.value, "value", settings.valueFile, "value_file")
            return StoredCredentials(form: .header(name: name, secret))
        case .cookieFile:
            let path = try required(settings.path, "path")
            return StoredCredentials(form: .cookies(path: path, target: RequestTarget(url: url)))
        case .command:
            guard !settings.command.isEmpty else { throw missing("command") }
            return command(settings, url)
        }
    }

    /// What the files look like that decide about the credentials; nil where none does.
    var credentialsMark: String? {
        let settings = configuration.credentials
        let files = [
            settings.passwordFile, settings.valueFile, settings.path,
            configuration.clientCertificate, configuration.clientKey,
        ]
        // The command's program, or the script that it is told to run.
        let words = settings.command.filter { $0.hasPrefix("/") }
        return CredentialsMark.of(configuration.files + files.compactMap(\.self) + words)
    }

    private func command(_ settings: CredentialSettings, _ url: String) -> CredentialsCommand {
        let (isVerbose, isQuiet) = (console.isVerbose, console.isQuiet)
        return CredentialsCommand(
            command: settings.command,
            timeout: settings.timeout,
            refresh: settings.refresh,
            url: url,
            domain: configuration.domain ?? "",
            now: Surroundings.now,
            complain: { complaint, failed in
                guard failed ? !isQuiet : isVerbose else { return }
                for line in complaint.lines { Console.complain("credentials command: \(line)") }
            }
        )
    }

    private func secret(
        _ given: String?,
        _ key: String,
        _ file: String?,
        _ fileKey: String
    ) throws(CommandError) -> StoredCredentials.Secret {
        switch (given, file) {
        case (nil, let file?): return .inFile(file)
        case (let given?, nil): return .given(NamedSecret(name: key, value: given))
        case (nil, nil): throw missing(fileKey)
        default:
            throw CommandError(
                .configuration,
                "both \"credentials.\(key)\" and \"credentials.\(fileKey)\" are set",
                advice: "Leave one of them out."
            )
        }
    }

    private func required(_ value: String?, _ key: String) throws(CommandError) -> String {
        guard let value else { throw missing(key) }
        return value
    }

    private func missing(_ key: String) -> CommandError {
        CommandError(
            .configuration,
            "\"credentials.\(key)\" is missing, which the credentials of type "
                + "\"\(configuration.credentials.kind.rawValue)\" need"
        )
    }
}
