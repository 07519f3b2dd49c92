import ArmSync
import Testing

@testable import ArmSyncCurl

@Suite("A transfer that ended without an answer")
struct CurlEndTests {
    @Test("was not sent where no connection could be made", arguments: [5, 6, 7] as [UInt32])
    func unreachable(_ code: UInt32) {
        #expect(CurlEnd(code: code).kind == .unreachable)
    }

    @Test(
        "may have arrived, unless no connection stood",
        arguments: [18, 28, 52, 55, 56, 65, 92] as [UInt32]
    )
    func interrupted(_ code: UInt32) {
        #expect(
            CurlEnd(code: code, connected: true, bodyBegan: true).kind
                == .interrupted(whileConnecting: false)
        )
        #expect(
            CurlEnd(code: code, connected: true).kind == .interrupted(whileConnecting: false)
        )
        #expect(CurlEnd(code: code).kind == .interrupted(whileConnecting: true))
    }

    @Test(
        "is a matter of settings where TLS, files or the address are wrong",
        arguments: [1, 3, 35, 58, 59, 60, 77, 90, 98] as [UInt32]
    )
    func misconfigured(_ code: UInt32) {
        #expect(CurlEnd(code: code).kind == .misconfigured)
    }

    @Test(
        "is never called unsent once libcurl has taken some of the body",
        arguments: [3, 5, 6, 7, 35, 58, 59, 60, 77, 90, 98] as [UInt32]
    )
    func begun(_ code: UInt32) {
        #expect(
            CurlEnd(code: code, bodyBegan: true).kind == .interrupted(whileConnecting: false)
        )
    }

    @Test("never began for a server that asks for a certificate while the request is on its way")
    func clientCertificate() throws {
        let end = CurlEnd(
            code: 56,
            connected: true,
            bodyBegan: true,
            detail: "OpenSSL SSL_read: tlsv13 alert certificate required, errno 0"
        )
        #expect(end.kind == .misconfigured)
        let failure = end.failure(try CurlPlan(.test("https://switch.example:8086")))
        #expect(failure.message.contains("\"tls.client_certificate\""))
    }

    @Test("is garbled where the answer is past the limit or no HTTP")
    func garbled() {
        #expect(CurlEnd(code: 23, bodyBegan: true, overLimit: true).kind == .garbled)
        #expect(CurlEnd(code: 8, bodyBegan: true).kind == .garbled)
        #expect(CurlEnd(code: 61, bodyBegan: true).kind == .garbled)
        #expect(CurlEnd(code: 1, bodyBegan: true).kind == .garbled)
    }

    @Test(
        "may have arrived where the code is one nobody knows",
        arguments: 0...200 as ClosedRange<UInt32>
    )
    func unknown(_ code: UInt32) {
        let named: Set<UInt32> = [1, 3, 5, 6, 7, 8, 35, 58, 59, 60, 61, 77, 90, 98]
        guard !named.contains(code) else { return }
        let end = CurlEnd(code: code, connected: true, bodyBegan: true)
        #expect(end.kind == .interrupted(whileConnecting: false))
    }

    @Test(
        "says in words what happened",
        arguments: [
            (CurlEnd(code: 6), "the name switch.example could not be resolved"),
            (CurlEnd(code: 7, systemError: 111), "nothing listens at switch.example:8086"),
            (CurlEnd(code: 7, systemError: 113), "switch.example:8086 cannot be reached"),
            (
                CurlEnd(code: 7, proxied: true, systemError: 111),
                "nothing listens at switch.example:8086 or its proxy"
            ),
            (
                CurlEnd(code: 77, detail: "\u{1B}[31mno\u{9B} file\n"),
                "the file of trusted certificates cannot be used ([31mno file); check "
                    + "\"tls.ca_file\""
            ),
            (CurlEnd(code: 28), "no connection to switch.example:8086 within 5 s"),
            (
                CurlEnd(code: 28, connected: true, elapsed: .seconds(31)),
                "no answer within 30 s"
            ),
            (
                CurlEnd(code: 28, connected: true, elapsed: .seconds(16)),
                "nothing moved for 15 s"
            ),
            (
                CurlEnd(code: 60, detail: "self-signed certificate"),
                "the certificate of switch.example:8086 is not trusted (self-signed certificate): "
                    + "if it is the right one, name the authority that signed it in "
                    + "\"tls.ca_file\"; a captive portal can also be the cause"
            ),
            (
                CurlEnd(code: 99, words: "Error", detail: "proxy user secret"),
                "libcurl stopped: Error"
            ),
        ]
    )
    func words(_ end: CurlEnd, _ message: String) throws {
        var configuration = CurlConfiguration.test("http://switch.example:8086")
        configuration.totalTimeout = .seconds(30)
        configuration.stallTimeout = .seconds(15)
        let failure = end.failure(try CurlPlan(configuration))
        #expect(failure.message == message)
        #expect(failure.code == "curl \(end.code)")
    }
}
