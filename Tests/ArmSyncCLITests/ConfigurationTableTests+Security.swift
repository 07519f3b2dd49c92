@testable import ArmSyncCLI

extension ConfigurationTableTests {
    static let takenSecurity: [Taken] = [
        Taken(key: "credentials.type", value: #""cookie_file""#) {
            $0.credentials.kind == .cookieFile
        },
        Taken(key: "credentials.username", value: #""op""#) { $0.credentials.username == "op" },
        Taken(key: "credentials.password", value: #""p w""#) { $0.credentials.password == "p w" },
        Taken(key: "credentials.password_file", value: #""/p""#) {
            $0.credentials.passwordFile == "/p"
        },
        Taken(key: "credentials.name", value: #""X-Token""#) { $0.credentials.name == "X-Token" },
        Taken(key: "credentials.value", value: #""v""#) { $0.credentials.value == "v" },
        Taken(key: "credentials.value_file", value: #""/v""#) { $0.credentials.valueFile == "/v" },
        Taken(key: "credentials.path", value: #""/c""#) { $0.credentials.path == "/c" },
        Taken(key: "credentials.command", value: #""pass switch | head -1""#) {
            $0.credentials.command == ["/bin/sh", "-c", "pass switch | head -1"]
        },
        Taken(key: "credentials.command", value: #"["helper", "--now", ""]"#) {
            $0.credentials.command == ["helper", "--now", ""]
        },
        Taken(key: "credentials.timeout", value: #""3s""#) {
            $0.credentials.timeout == .seconds(3)
        },
        Taken(key: "credentials.refresh", value: #""30m""#) {
            $0.credentials.refresh == .minutes(30)
        },
        Taken(key: "tls.ca_file", value: #""/ca.pem""#) {
            $0.certificateAuthorityFile == "/ca.pem"
        },
        Taken(key: "tls.client_certificate", value: #""/c.pem""#) {
            $0.clientCertificate == "/c.pem"
        },
        Taken(key: "tls.client_key", value: #""/k.pem""#) { $0.clientKey == "/k.pem" },
        Taken(key: "tls.pinned_public_key", value: #""sha256//x""#) {
            $0.pinnedPublicKey == "sha256//x"
        },
        Taken(key: "proxy", value: #""http://proxy:3128""#) { $0.proxy == "http://proxy:3128" },
        Taken(key: "proxy", value: #""""#) { $0.proxy == "" },
    ]

    static let refusedSecurity: [(key: String, value: String)] = [
        ("credentials.type", "\"digest\""), ("credentials.username", "\"\""),
        ("credentials.password", "7"), ("credentials.password_file", "\"password\""),
        ("credentials.name", "\"\""), ("credentials.value", "\"\""),
        ("credentials.value_file", "\"~/value\""), ("credentials.path", "\"\""),
        ("credentials.command", "\"\""), ("credentials.command", "[]"),
        ("credentials.command", "[\"\"]"), ("credentials.command", "[\"helper\", 1]"),
        ("credentials.command", "\"a\\u0000b\""), ("credentials.timeout", "\"99ms\""),
        ("credentials.refresh", "\"never\""), ("tls.ca_file", "\"ca.pem\""),
        ("tls.client_certificate", "true"), ("tls.client_key", "\"\""),
        ("tls.pinned_public_key", "\"\""), ("proxy", "\"http://user:password@proxy:3128\""),
    ]
}
