import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A handshake")
struct HandshakeTests {
    @Test(
        "is checked with SHA-1 as RFC 3174 has it",
        arguments: [
            ("abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            ("a", 1_000_000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
            (
                "0123456701234567012345670123456701234567012345670123456701234567", 10,
                "dea356a2cddd90c7a7ecedc5ebb563934f460452"
            ),
            ("", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ]
    )
    func digest(text: String, times: Int, expected: String) {
        let digest = SHA1.digest(of: Array(String(repeating: text, count: times).utf8))
        #expect(digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined() == expected)
    }

    @Test("expects what RFC 6455 gives as an example")
    func accept() {
        #expect(
            UpgradeRequest.accept(for: "dGhlIHNhbXBsZSBub25jZQ==")
                == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        )
    }

    @Test(
        "sends nothing that could end a line of its head, nor a second of its own fields",
        arguments: [
            ("Good", "a\r\nX-Injected: 1"), ("Bad\r\nX", "1"), ("Bad Name", "1"), ("", "1"),
            ("Connection", "close"), ("Sec-WebSocket-Key", "1"), ("sec-websocket-protocol", "x"),
        ]
    )
    func injection(name: String, value: String) throws {
        var credentials = Credentials()
        credentials.headers = [NamedSecret(name: name, value: value)]
        let address = try WebSocketAddress(.test("http://switch.example"), path: nil)
        let error = #expect(throws: CredentialError.self) {
            try UpgradeRequest(
                to: address,
                userAgent: "a",
                credentials: credentials,
                key: Array(repeating: 0, count: 16)
            )
        }
        #expect(error?.message.contains(value) == false)
    }

    @Test("lets a header that was given by name take the place of login and cookies")
    func replaced() throws {
        var credentials = Credentials()
        credentials.login = NamedSecret(name: "op", value: "secret")
        credentials.cookies = [NamedSecret(name: "a", value: "1")]
        credentials.headers = [
            NamedSecret(name: "authorization", value: "Bearer t"),
            NamedSecret(name: "Cookie", value: "b=2"),
        ]
        let request = try UpgradeRequest(
            to: try WebSocketAddress(.test("wss://switch.example"), path: "/ws"),
            userAgent: "a",
            credentials: credentials,
            key: Array(0..<16)
        )
        #expect(
            String(decoding: request.bytes, as: UTF8.self)
                == """
                GET /ws HTTP/1.1\r
                Host: switch.example\r
                User-Agent: a\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r
                authorization: Bearer t\r
                Cookie: b=2\r
                \r

                """
        )
    }

    @Test(
        "refuses a path that is none",
        arguments: ["", "ws", "/a\r\nX: 1", "/a#b", "/\u{7F}"]
    )
    func badPath(_ path: String) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try WebSocketTransport(.test("http://switch.example"), path: path)
        }
        #expect(error?.setting == "websocket_path")
    }
}
