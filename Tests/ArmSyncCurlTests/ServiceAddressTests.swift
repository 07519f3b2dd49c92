import Testing

@testable import ArmSyncCurl

@Suite("A service's address")
struct ServiceAddressTests {
    struct Good: Sendable {
        var server: String
        var prefix = ""
        var domain = "biysk.local"
        var url: String
        var endpoint: String
    }

    @Test(
        "is made of server, prefix and domain",
        arguments: [
            Good(
                server: "http://switch.example:8086",
                url: "http://switch.example:8086/biysk.local/service/cc/arm/read_user_data",
                endpoint: "switch.example:8086"
            ),
            Good(
                server: "HTTPS://switch.example/",
                url: "https://switch.example:443/biysk.local/service/cc/arm/read_user_data",
                endpoint: "switch.example:443"
            ),
            Good(
                server: "http://[::1]:80",
                url: "http://[::1]:80/biysk.local/service/cc/arm/read_user_data",
                endpoint: "[::1]:80"
            ),
            Good(
                server: "http://10.0.0.7",
                prefix: "gate/way%20in/",
                url: "http://10.0.0.7:80/gate/way%20in/biysk.local/service/cc/arm/read_user_data",
                endpoint: "10.0.0.7:80"
            ),
            Good(
                server: "http://h",
                prefix: "/a b",
                domain: "a/b?c#d%e й",
                url: "http://h:80/a%20b/a%2Fb%3Fc%23d%25e%20%D0%B9/service/cc/arm/read_user_data",
                endpoint: "h:80"
            ),
        ]
    )
    func good(_ good: Good) throws {
        let address = try ServiceAddress(
            server: good.server,
            pathPrefix: good.prefix,
            domain: good.domain
        )
        #expect(address.url(of: "read_user_data") == good.url)
        #expect(address.endpoint == good.endpoint)
    }

    @Test(
        "has the same origin whichever way the server is spoken to",
        arguments: [
            ("ws://Switch.example:8086", "http://switch.example:8086", true),
            ("WSS://switch.example/", "https://switch.example:443", true),
            ("ws://switch.example", "http://switch.example:80", true),
            ("https://switch.example", "https://switch.example:443", false),
        ]
    )
    func origin(server: String, origin: String, isWebSocket: Bool) throws {
        #expect(try CurlConfiguration.origin(of: server) == origin)
        #expect(try CurlConfiguration.asksForWebSocket(server) == isWebSocket)
    }

    @Test(
        "refuses a server that is more or less than scheme, host and port",
        arguments: [
            "", "switch.example", "switch.example:8086", "//switch.example", "http://", "http:///",
            "ftp://switch.example", "wsx://h", "ws:/h", "ws://", "file:///etc/passwd",
            "http:/switch.example",
            "http://user@switch.example", "http://user:secret@switch.example",
            "http://switch.example?x", "http://switch.example/?x", "http://switch.example#x",
            "http://switch.example/path", "http://switch.example//", "http://switch.example:",
            "http://switch.example:0", "http://switch.example:65536", "http://switch.example:8o",
            "http://switch.example:+80", "http://:8086", "http://switch example", "http://-x",
            "http://switch.example\\@evil", "http://switch%2eexample", "http://пример.рф",
            "http://[::1", "http://::1", "http://[]", "http://[::1]x:80", "http://[fe80::1%25eth0]",
            "http://switch.example\r\nX-Injected: 1", "http://switch.example\0", "\thttp://h",
        ]
    )
    func badServer(_ server: String) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try ServiceAddress(server: server, pathPrefix: "", domain: "d")
        }
        #expect(error?.setting == "server")
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "refuses a domain that is no step of a path",
        arguments: ["", ".", "..", "a\r\nb", "a\0", "\u{7F}"]
    )
    func badDomain(_ domain: String) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try ServiceAddress(server: "http://h", pathPrefix: "", domain: domain)
        }
        #expect(error?.setting == "domain")
    }

    @Test(
        "refuses a prefix that is no path",
        arguments: ["/a?b", "/a#b", "/a\nb", "/../a", "/a/./b", ".."]
    )
    func badPrefix(_ prefix: String) {
        let error = #expect(throws: CurlConfigurationError.self) {
            try ServiceAddress(server: "http://h", pathPrefix: prefix, domain: "d")
        }
        #expect(error?.setting == "path_prefix")
    }
}
