import ArmSync
import Testing

@testable import ArmSyncCLI

@Suite("A file of cookies")
struct CookieFileTests {
    static let target = RequestTarget(
        url: "https://Switch.example:8086/biysk.local/service/cc/arm/"
    )

    private func cookies(
        _ text: String,
        _ target: RequestTarget = target
    ) throws -> [String] {
        try CookieFile(text: text, path: "/c").cookies(for: target, at: .now)
            .map { "\($0.name)=\($0.value)" }
    }

    @Test("gives the cookies that browsers export, comments aside")
    func netscape() throws {
        let text = """
            # Netscape HTTP Cookie File

            switch.example\tFALSE\t/\tTRUE\t0\tsession\ta=b
            #HttpOnly_.example\tTRUE\t/biysk.local\tFALSE\t4102444800\ttoken\tt
            """
        #expect(try cookies(text) == ["session=a=b", "token=t"])
    }

    @Test("gives plain pairs", arguments: ["a=1\nb=2", "a=1; b=2", "a=1;b=2\r\n"])
    func plain(text: String) throws {
        #expect(try cookies(text) == ["a=1", "b=2"])
    }

    @Test(
        "keeps cookies from whom they are not meant for",
        arguments: [
            "other.example\tTRUE\t/\tFALSE\t0\ts\tv", ".itch.example\tTRUE\t/\tFALSE\t0\ts\tv",
            "example\tFALSE\t/\tFALSE\t0\ts\tv", "switch.example\tFALSE\t/other\tFALSE\t0\ts\tv",
            "switch.example\tFALSE\t/biysk\tFALSE\t0\ts\tv",
            "switch.example\tFALSE\t/\tFALSE\t1000000000\ts\tv", "# nothing",
        ]
    )
    func foreign(line: String) throws {
        let error = try #require(throws: CredentialError.self) { try cookies(line) }
        #expect(error.message.hasSuffix("log in again"), "\(error.message)")
    }

    @Test("keeps a cookie for TLS from a server without")
    func plainHTTP() {
        let target = RequestTarget(url: "http://switch.example:80/d/")
        #expect(throws: CredentialError.self) {
            try cookies("switch.example\tFALSE\t/\tTRUE\t0\ts\tv", target)
        }
    }

    @Test("tells the host of an IPv6 address from its port")
    func address() throws {
        let target = RequestTarget(url: "http://[::1]:8086/d/")
        #expect(target.host == "[::1]")
        #expect(target.path == "/d/")
        #expect(try cookies("[::1]\tFALSE\t/\tFALSE\t0\ts\tv", target) == ["s=v"])
    }

    @Test(
        "names the line that is none, and not what is in it",
        arguments: ["a=1\nsecret", "a=1\nswitch.example\tFALSE\t/\tTRUE\tsecret\ts\tv"]
    )
    func broken(text: String) throws {
        let error = try #require(throws: CredentialError.self) { try cookies(text) }
        #expect(error.message.hasPrefix("line 2 of /c"))
        #expect(!error.message.contains("secret"))
    }
}
