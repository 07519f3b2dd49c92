import Testing

@Suite("A switch behind HTTPS", .enabled(if: Nginx.isInstalled, "needs nginx-light"))
struct TLSTests {
    /// A station whose switch is behind nginx, and everything in between.
    final class Site {
        let server: SampleServer
        let station: Station
        let certificates: Certificates
        private(set) var nginx: Nginx?

        init(days: Int = 1, host: String = "IP:127.0.0.1") throws {
            server = try SampleServer()
            station = try Station()
            certificates = try Certificates(in: station.home)
            try certificates.issue("server", for: host, days: days)
        }

        /// Puts nginx in front and configures the station for it.
        ///
        /// - Parameters:
        ///   - options, location: directives for nginx.
        ///   - tls: members of `tls`, as JSON, after that of the authority.
        ///   - settings: more members of the configuration.
        func open(
            http2: Bool = false,
            options: String = "",
            location: String = "",
            trusts: Bool = true,
            tls: [String] = [],
            settings: [String] = []
        ) throws {
            let nginx =
                try self.nginx
                ?? Nginx(
                    to: server,
                    certificates,
                    http2: http2,
                    options: options,
                    location: location
                )
            self.nginx = nginx
            let authority = trusts ? [#""ca_file": "\#(certificates.authority)""#] : []
            let members =
                [
                    #""application": "hodor", "agent": "102", "domain": "\#(Station.domain)""#,
                    #""server": "\#(nginx.url)", "proxy": """#,
                    #""tls": {\#((authority + tls).joined(separator: ", "))}"#,
                ] + settings
            try station.write("{\(members.joined(separator: ", "))}", to: "config.json")
        }

        /// Syncs, expects an end, and gives the screen for people.
        func expect(_ code: Int32, _ word: String, _ words: String...) throws {
            #expect(try station.sync() == (code, word, 1))
            #expect(try station.document().last_error?.kind == word)
            let outcome = try station.run("sync")
            #expect(outcome.code == code, "\(outcome.words)")
            let text = outcome.output.unwrapped
            for word in words + ["Edits are safe here"] {
                #expect(text.contains(word), "\(outcome.words)")
            }
            #expect(try server.document() == nil)
        }

        func expectSaved() throws {
            #expect(try station.sync() == (0, "saved", 3))
            #expect(try server.document() == #"{"a":1}"#)
        }
    }

    @Test("is read and saved to where its certificate is signed by the configured authority")
    func good() throws {
        let site = try Site()
        try site.open()
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expectSaved()
    }

    @Test("is not trusted with a certificate of nobody known, and the setting is named")
    func unknownAuthority() throws {
        let site = try Site()
        try site.open(trusts: false)
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(78, "misconfigured", "is not trusted", "\"tls.ca_file\"", "captive portal")
        try site.open()
        try site.expectSaved()
    }

    @Test("is not trusted with an expired certificate, and whom to ask is said")
    func expired() throws {
        let site = try Site(days: -1)
        try site.open()
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(78, "misconfigured", "expired", "whoever runs it has to renew it")
    }

    @Test("is not trusted with a certificate for another name")
    func wrongHost() throws {
        let site = try Site(host: "DNS:other.example")
        try site.open()
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(
            78,
            "misconfigured",
            "no alternative certificate subject name",
            "check \"server\""
        )
    }

    @Test("asks for a client certificate: its page is a setting's fault, and given, all is well")
    func clientCertificate() throws {
        let site = try Site()
        try site.certificates.issue("station", for: "DNS:station")
        let options = """
            ssl_verify_client on; ssl_client_certificate \(site.certificates.authority);
            """
        try site.open(options: options)
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(78, "misconfigured", "HTTP 400", "\"tls.client_certificate\"")

        let certificate = #""client_certificate": "\#(site.certificates.certificate("station"))""#
        let other = #""client_key": "\#(site.certificates.key("server"))""#
        try site.open(tls: [certificate, other])
        try site.expect(78, "misconfigured", "\"tls.client_certificate\" and \"tls.client_key\"")

        let key = site.certificates.key("station")
        try site.open(tls: [certificate, #""client_key": "\#(key)""#])
        #expect(try site.station.shell("chmod 640 '\(key)'").code == 0)
        let outcome = try site.station.run("sync")
        #expect(outcome.code == 78)
        #expect(outcome.errors.contains("chmod 600 \(key)"), "\(outcome.words)")
        #expect(try site.station.shell("chmod 600 '\(key)'").code == 0)
        try site.expectSaved()
    }

    @Test("never asks the terminal for the password of a key")
    func encryptedKey() throws {
        let site = try Site()
        try site.certificates.issue("station", for: "DNS:station")
        let key = site.certificates.key("station")
        let encrypt = "openssl pkey -in '\(key)' -aes256 -passout pass:x -out '\(key).new'"
        #expect(try site.station.shell("\(encrypt) && mv '\(key).new' '\(key)'").code == 0)
        try site.open(tls: [
            #""client_certificate": "\#(site.certificates.certificate("station"))""#,
            #""client_key": "\#(key)""#,
        ])
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(78, "misconfigured", "without a password")
    }

    @Test("has the pinned key or is not spoken to")
    func pinned() throws {
        let site = try Site()
        try site.certificates.issue("other", for: "IP:127.0.0.1")
        let (right, wrong) = try (site.certificates.pin("server"), site.certificates.pin("other"))
        try site.open(tls: [#""pinned_public_key": "\#(wrong)""#])
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(78, "misconfigured", "\"tls.pinned_public_key\"", "somebody else answers")
        try site.open(tls: [#""pinned_public_key": "\#(wrong);\#(right)""#])
        try site.expectSaved()
    }

    @Test(
        "is spoken to over HTTP/2 where it can, each save once though every connection ends",
        .onlyOverHTTP("a WebSocket is opened over HTTP/1.1, whatever else the server can")
    )
    func http2() throws {
        let site = try Site()
        // Past this number of requests nginx tells the client to go away.
        try site.open(http2: true, options: "keepalive_requests 2;")
        for agent in 1...9 {
            #expect(try site.station.run("set", "/a", "1", "-g", "\(agent)").code == 0)
        }
        // A request that meets the farewell on its way may be lost; it is not sent again unasked,
        // but by the next run, which has read the document first.
        var outcome = try site.station.run("sync")
        for _ in 1...9 where outcome.code == 75 { outcome = try site.station.run("sync") }
        #expect(outcome.code == 0, "\(outcome.words)")
        let saves = try site.server.requests().filter(\.isSave).compactMap(\.agent)
        #expect(saves.sorted() == (1...9).map(String.init))
        #expect(try site.nginx?.protocols.allSatisfy { $0 == "HTTP/2.0" } == true)
    }

    @Test("that ends the connection without an answer is tried again", arguments: [false, true])
    func noAnswer(http2: Bool) throws {
        let site = try Site()
        try site.open(http2: http2, location: "return 444;")
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(75, "transient", "Nothing to do")
    }

    @Test("answers 502 while it is down itself, which passes")
    func badGateway() throws {
        let site = try Site()
        try site.open()
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.server.stop()
        #expect(try site.station.sync() == (75, "transient", 1))
        let outcome = try site.station.run("sync")
        #expect(outcome.output.contains("HTTP 502"), "\(outcome.words)")
        try site.server.start()
        try site.expectSaved()
    }

    @Test("asks for a password: a wrong one is 77, and a mended one is tried without waiting")
    func basic() throws {
        let site = try Site()
        let digest = try site.station.shell("printf s3cret-canary | openssl passwd -apr1 -stdin")
        let users = try site.station.write("operator:\(digest.output)", to: "users")
        let password = try site.station.writeSecret("wrong\n", to: "password")
        let credentials = #""credentials": {"type": "basic", "username": "operator""#
        let file = #", "password_file": "\#(password)"}"#
        try site.open(
            options: "auth_basic switch; auth_basic_user_file \(users);",
            settings: [credentials + file]
        )
        #expect(try site.station.run("set", "/a", "1").code == 0)
        try site.expect(77, "unauthenticated", "did not accept the credentials")
        #expect(try site.station.run("sync", "--if-due").code == 77)
        let before = try site.nginx?.protocols.count
        #expect(try site.station.run("sync", "--if-due").code == 77)
        #expect(try site.nginx?.protocols.count == before, "an hour has not passed")

        try site.station.writeSecret("s3cret-canary\n", to: "password")
        #expect(try site.station.run("sync", "--cron").code == 0)
        #expect(try site.server.document() == #"{"a":1}"#)
    }
}

extension String {
    /// The text without the breaks and indents of a screen.
    var unwrapped: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
