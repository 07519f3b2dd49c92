import Testing

@testable import ArmSync

@Suite("Credentials")
struct CredentialsTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        var name: String
        var value: String
        var testDescription: String { name.debugDescription + value.debugDescription }
    }

    @Test(
        "that could become more than one header are refused, without their value",
        arguments: [
            Bad(name: "X-A", value: "secret\r\nX-B: 1"), Bad(name: "X-A", value: "secret\n"),
            Bad(name: "X-A", value: "secret\0"), Bad(name: "X-A", value: "secret\u{7F}"),
            Bad(name: "", value: "secret"), Bad(name: "X-A:", value: "secret"),
            Bad(name: "X A", value: "secret"), Bad(name: "X-A\r\nX-B", value: "secret"),
            Bad(name: "Й", value: "secret"),
        ]
    )
    func injection(bad: Bad) throws {
        let secret = NamedSecret(name: bad.name, value: bad.value)
        for place in [\Credentials.headers, \Credentials.cookies] {
            var credentials = Credentials()
            credentials[keyPath: place] = [secret]
            let error = try #require(throws: CredentialError.self) { try credentials.check() }
            #expect(error.code == .unusable)
            #expect(!error.message.contains("secret"))
        }
    }

    @Test(
        "a login cannot hold what the Basic scheme cannot",
        arguments: [("a:b", "secret"), ("a\n", "secret"), ("a", "secret\t"), ("a", "\u{1}secret")]
    )
    func login(name: String, password: String) throws {
        var credentials = Credentials()
        credentials.login = NamedSecret(name: name, value: password)
        let error = try #require(throws: CredentialError.self) { try credentials.check() }
        #expect(!error.message.contains("secret"))
    }

    @Test(
        "headers that frame the message or have settings of their own are refused",
        arguments: ["Content-Length", "TRANSFER-ENCODING", "expect", "Content-Type", "Host", "TE"]
    )
    func reserved(name: String) {
        var credentials = Credentials()
        credentials.headers = [NamedSecret(name: name, value: "0")]
        #expect(throws: CredentialError.self) { try credentials.check() }
    }

    @Test("a cookie cannot bring another with it")
    func cookies() {
        var credentials = Credentials()
        credentials.cookies = [NamedSecret(name: "session", value: "1; admin=1")]
        #expect(throws: CredentialError.self) { try credentials.check() }
    }

    @Test("whatever is usual passes")
    func usual() throws {
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "оператор", value: "пароль: ;=\"")
        credentials.headers = [
            NamedSecret(name: "Authorization", value: "Bearer a.b-c_d="),
            NamedSecret(name: "X-Empty", value: ""),
        ]
        credentials.cookies = [NamedSecret(name: "JSESSIONID", value: "a=b/c==")]
        try credentials.check()
    }

    @Test("show no secret, however they are printed")
    func redacted() {
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "operator", value: "s3cret-canary")
        credentials.headers = [NamedSecret(name: "X-Token", value: "s3cret-canary")]
        credentials.cookies = [NamedSecret(name: "session", value: "s3cret-canary")]
        var texts = ["\(credentials)", String(reflecting: credentials)]
        texts += ["\(credentials.headers)", "\(credentials.cookies)", "\([credentials])"]
        for value in [credentials.login as Any, credentials] {
            var text = ""
            dump(value, to: &text)
            texts.append(text)
        }
        for text in texts { #expect(!text.contains("canary"), "\(text)") }
    }
}
