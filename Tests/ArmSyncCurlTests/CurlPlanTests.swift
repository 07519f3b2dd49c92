import Testing

@testable import ArmSyncCurl

@Suite("A configuration")
struct CurlPlanTests {
    @Test("keeps a proxy's password out of descriptions")
    func redaction() {
        var configuration = CurlConfiguration.test("http://switch.example")
        configuration.proxy = "http://user:secret@proxy.example"
        for text in ["\(configuration)", String(reflecting: configuration)] {
            #expect(!text.contains("secret"))
        }
    }

    struct Bad: Sendable {
        var setting: String
        var change: @Sendable (inout CurlConfiguration) -> Void
    }

    @Test(
        "refuses what libcurl would take for something else",
        arguments: [
            Bad(setting: "content_type") { $0.contentType = "text/xml\r\nX-B: 1" },
            Bad(setting: "content_type") { $0.contentType = "" },
            Bad(setting: "user_agent") { $0.userAgent = "arm-sync\n" },
            Bad(setting: "timeouts.connect") { $0.connectTimeout = .zero },
            Bad(setting: "timeouts.total") { $0.totalTimeout = .seconds(-1) },
            Bad(setting: "timeouts.stall") { $0.stallTimeout = .seconds(1 << 60) },
            Bad(setting: "parallel") { $0.parallel = 0 },
            Bad(setting: "parallel") { $0.parallel = 65 },
            Bad(setting: "tls.ca_file") { $0.certificateAuthorityFile = "/a\0b" },
            Bad(setting: "tls.client_certificate") { $0.clientCertificate = "/a\n" },
            Bad(setting: "tls.client_key") { $0.clientKey = "/key.pem" },
            Bad(setting: "tls.pinned_public_key") { $0.pinnedPublicKey = "" },
            Bad(setting: "tls.pinned_public_key") { $0.pinnedPublicKey = "/etc/key.pem" },
            Bad(setting: "tls.pinned_public_key") { $0.pinnedPublicKey = "sha256//short=" },
            Bad(setting: "tls.pinned_public_key") { $0.pinnedPublicKey = .pin + ";" },
            Bad(setting: "proxy") { $0.proxy = "http://proxy\r\n" },
            Bad(setting: "proxy") { $0.proxy = "ftp://proxy" },
        ]
    )
    func bad(_ bad: Bad) {
        let error = #expect(throws: CurlConfigurationError.self) { try configured(bad.change) }
        #expect(error?.setting == bad.setting)
    }

    @Test(
        "takes what libcurl takes as it is meant",
        arguments: [
            Bad(setting: "") { $0.pinnedPublicKey = .pin },
            Bad(setting: "") { $0.pinnedPublicKey = .pin + ";" + .pin },
            Bad(setting: "") { $0.proxy = "socks5h://proxy:1080" },
            Bad(setting: "") { $0.proxy = "proxy:3128" }, Bad(setting: "") { $0.proxy = "" },
        ]
    )
    func good(_ good: Bad) throws { _ = try configured(good.change) }

    @Test(
        "rounds durations up to what libcurl can count",
        arguments: [
            (Duration.nanoseconds(1), 1, "1 ms"), (.milliseconds(200), 200, "200 ms"),
            (.milliseconds(1500), 1500, "1500 ms"), (.seconds(30), 30_000, "30 s"),
        ]
    )
    func durations(_ duration: Duration, _ milliseconds: Int, _ words: String) {
        #expect(duration.millisecondsRoundedUp == milliseconds)
        #expect(duration.inWords == words)
    }

    private func configured(
        _ change: (inout CurlConfiguration) -> Void
    ) throws -> CurlPlan {
        var configuration = CurlConfiguration.test("http://switch.example")
        change(&configuration)
        return try CurlPlan(configuration)
    }
}

extension String {
    fileprivate static let pin = "sha256//" + String(repeating: "A", count: 43) + "="
}
