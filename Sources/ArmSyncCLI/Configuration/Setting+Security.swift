import JSONDocument

extension Setting {
    static let security = SettingGroup("Credentials and TLS", credentials + tls)

    private static let credentials: [Setting] = [
        .choice(
            "credentials.type",
            help: "What proves to the switch who asks: nothing, a user name and password, a "
                + "header, cookies, or what a command says.",
            \.credentials.kind
        ),
        .text(
            "credentials.username",
            help: "The user name, for type \"basic\".",
            expected: "a user name",
            example: "operator",
            \.credentials.username
        ),
        .path(
            "credentials.password_file",
            help: "The file with the password, for type \"basic\". Only its owner may read it.",
            example: "/etc/arm-sync/password",
            \.credentials.passwordFile
        ),
        .secret(
            "credentials.password",
            help: "The password itself, in a configuration file that only its owner may read.",
            \.credentials.password
        ),
        .text(
            "credentials.name",
            help: "The header's name, for type \"header\".",
            expected: "a header's name",
            example: "Authorization",
            \.credentials.name
        ),
        .path(
            "credentials.value_file",
            help: "The file with the header's value, for type \"header\". Only its owner may read "
                + "it.",
            example: "/etc/arm-sync/token",
            \.credentials.valueFile
        ),
        .secret(
            "credentials.value",
            help: "The header's value itself, in a configuration file that only its owner may "
                + "read.",
            \.credentials.value
        ),
        .path(
            "credentials.path",
            help: "The file of cookies, for type \"cookie_file\": the Netscape format or "
                + "name=value. It is never written.",
            example: "/run/user/1000/switch-cookies.txt",
            \.credentials.path
        ),
        .command(
            "credentials.command",
            credentialsCommandVariable,
            help: "The command that prints credentials: a line for the shell, or program and "
                + "arguments. In the environment it stands for the type, too.",
            example: ["/usr/local/bin/switch-credentials", "--station", "7"],
            \.credentials.command
        ),
        .duration(
            "credentials.timeout",
            help: "How long the command may take.",
            .milliseconds(100)...(.minutes(10)),
            \.credentials.timeout
        ),
        .duration(
            "credentials.refresh",
            help: "How long what the command says is good for in one run, where it does not say "
                + "so itself.",
            otherwise: "until the switch turns it away",
            .seconds(1)...(.hours(24)),
            \.credentials.refresh
        ),
    ]

    private static let tls: [Setting] = [
        .path(
            "tls.ca_file",
            help: "The certificates to trust, in PEM.",
            example: "/etc/arm-sync/ca.pem",
            otherwise: "the system's",
            \.certificateAuthorityFile
        ),
        .path(
            "tls.client_certificate",
            help: "The certificate that proves who asks, in PEM.",
            example: "/etc/arm-sync/station.pem",
            \.clientCertificate
        ),
        .path(
            "tls.client_key",
            help: "Its key, in PEM and without a password. Only its owner may read it.",
            example: "/etc/arm-sync/station.key",
            otherwise: "in the file of the certificate",
            \.clientKey
        ),
        .text(
            "tls.pinned_public_key",
            help: "The only public keys the switch may have, each as sha256// and the digest in "
                + "base64, with semicolons in between.",
            expected: "a digest",
            example: "sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=",
            \.pinnedPublicKey
        ),
        .text(
            "proxy",
            help: "The proxy to go through, without a password; an empty one is none.",
            expected: "an address",
            example: "http://proxy.example:3128",
            otherwise: "what http_proxy and https_proxy in the environment say",
            accepts: { !$0.contains("@") },
            \.proxy
        ),
    ]

    /// Text that must not lie about in a file that others can read. It is never shown.
    private static func secret(
        _ key: String,
        help: String,
        _ place: @autoclosure @escaping Place<String?>
    ) -> Setting {
        var setting = Setting(
            key,
            help: help,
            expected: "a text",
            example: "…",
            current: { _ in nil },
            assign: { configuration, value in
                guard let text = value.text, !text.isEmpty else { return false }
                configuration[keyPath: place()] = text
                return true
            }
        )
        setting.isSecret = true
        return setting
    }

    /// A line for the shell, or program and arguments.
    static func command(
        _ key: String,
        _ environment: String? = nil,
        help: String,
        example: JSONValue,
        _ place: @autoclosure @escaping Place<[String]>
    ) -> Setting {
        Setting(
            key,
            environment,
            help: help,
            expected: "a command, or a list such as \(example.text())",
            example: example,
            current: { configuration in
                let words = configuration[keyPath: place()]
                return words.isEmpty ? nil : .array(words.map { .string(JSONString($0)) })
            },
            assign: { configuration, value in
                if let line = value.text, !line.isEmpty, !line.contains("\0") {
                    configuration[keyPath: place()] = ["/bin/sh", "-c", line]
                    return true
                }
                guard let elements = value.array, !elements.isEmpty else { return false }
                let words = elements.compactMap(\.text)
                guard words.count == elements.count, words[0] != "",
                    !words.contains(where: { $0.contains("\0") })
                else { return false }
                configuration[keyPath: place()] = words
                return true
            }
        )
    }

    /// A span of time that need not be set.
    private static func duration(
        _ key: String,
        help: String,
        otherwise: String,
        _ range: ClosedRange<Duration>,
        _ place: @autoclosure @escaping Place<Duration?>
    ) -> Setting {
        Setting(
            key,
            help: help,
            expected: "a duration such as \"30m\", \(range.words)",
            example: "30m",
            otherwise: otherwise,
            current: { $0[keyPath: place()].map { .string(JSONString($0.words)) } },
            assign: { configuration, value in
                guard let duration = value.text.flatMap(Duration.init(words:)),
                    range.contains(duration)
                else { return false }
                configuration[keyPath: place()] = duration
                return true
            }
        )
    }
}
