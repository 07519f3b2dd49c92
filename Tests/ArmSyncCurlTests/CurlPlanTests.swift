import Testing

@testable import ArmSyncCurl

@Suite("A configuration")
struct CurlPlanTests {
    @Test(
        "refuses a header that could become more than one, and does not repeat its value",
        arguments: [
            HeaderField(name: "X-A", value: "secret\r\nX-B: 1"),
            HeaderField(name: "X-A", value: "secret\n"),
            HeaderField(name: "X-A", value: "secret\0"),
            HeaderField(name: "X-A", value: "secret\u{7F}"), HeaderField(name: "", value: "secret"),
            HeaderField(name: "X-A:", value: "secret"), HeaderField(name: "X A", value: "secret"),
            HeaderField(name: "X-A\r\nX-B", value: "secret"),
            HeaderField(name: "Й", value: "secret"),
        ]
    )
    func injection(_ field: HeaderField) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try configured { $0.headers = [field] }
        }
        #expect(error?.setting == "headers")
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "refuses headers that frame the message or have settings of their own",
        arguments: ["Content-Length", "TRANSFER-ENCODING", "expect", "Content-Type", "User-Agent"]
    )
    func reserved(_ name: String) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try configured { $0.headers = [HeaderField(name: name, value: "0")] }
        }
        #expect(error?.setting == "headers")
    }

    @Test("keeps header values and a proxy's password out of descriptions")
    func redaction() {
        var configuration = CurlConfiguration.test("http://switch.example")
        configuration.headers = [HeaderField(name: "Authorization", value: "secret")]
        configuration.proxy = "http://user:secret@proxy.example"
        for text in [
            "\(configuration)", String(reflecting: configuration),
            "\(configuration.headers)", String(reflecting: configuration.headers),
        ] {
            #expect(!text.contains("secret"))
        }
    }

    @Test("gives curl one line a header, empty values included")
    func lines() throws {
        let plan = try configured {
            $0.headers = [
                HeaderField(name: "X-A", value: "1"), HeaderField(name: "X-B", value: ""),
            ]
        }
        #expect(
            plan.head.lines == [
                "Expect:", "Content-Type: text/xml; charset=utf-8", "X-A: 1", "X-B;",
            ]
        )
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
            Bad(setting: "proxy") { $0.proxy = "http://proxy\r\n" },
        ]
    )
    func bad(_ bad: Bad) {
        let error = #expect(throws: CurlConfigurationError.self) { try configured(bad.change) }
        #expect(error?.setting == bad.setting)
    }

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
