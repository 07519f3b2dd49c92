import NIOHTTP1
import Testing

@testable import arm_server

@Suite("Opening a WebSocket")
struct HandshakeTests {
    @Test("The answer is the one of RFC 6455 to its sample key")
    func accept() throws {
        let socket = try EmbeddedWebSocket(unopenedOn: Station())
        let answer = try socket.open()
        #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        let fields = answer.lowercased()
        #expect(fields.contains("\r\nupgrade: websocket\r\n"))
        #expect(fields.contains("\r\nconnection: upgrade\r\n"))
        #expect(answer.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
        let handshake = try #require(try socket.station.handshakes().first)
        #expect(handshake.outcome == "opened" && handshake.status == 101)
        #expect(handshake.domain == Station.domain)
    }

    @Test(
        "A request that lacks what a WebSocket takes is told so, and the connection ends",
        arguments: [
            ("Upgrade", "", 426), ("Connection", "", 426), ("Sec-WebSocket-Version", "", 426),
            ("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8\r\n", 426),
            ("Sec-WebSocket-Key", "", 400),
            ("Sec-WebSocket-Key", "Sec-WebSocket-Key: c2hvcnQ=\r\n", 400),
            ("Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j*Q==\r\n", 400),
            ("", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400),
        ]
    )
    func lacking(_ omitted: String, _ given: String, _ status: Int) throws {
        let socket = try EmbeddedWebSocket(unopenedOn: Station())
        let answer = try socket.open(RawRequest.upgrade(without: omitted, with: given))
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(
            answer.contains("\r\nSec-WebSocket-Version: 13\r\n") == omitted.hasSuffix("Version")
        )
        #expect(try socket.station.handshakes().isEmpty)
        #expect(try socket.station.records().map(\.status) == [status])
    }

    @Test("A refused request for an upgrade ends the connection: its parser is at an end")
    func refusedEnds() throws {
        let socket = try EmbeddedWebSocket(unopenedOn: Station(faults: ["401"]))
        #expect(try socket.open().contains("\r\nConnection: close\r\n"))
        #expect(!socket.isOpen)
    }

    @Test("Only GET opens one, and only at its path")
    func elsewhere() throws {
        let command = EmbeddedWebSocket.target + "/read_user_data"
        for (method, target, status) in [
            ("POST", EmbeddedWebSocket.target, 405), ("GET", "/x", 404), ("GET", command, 405),
        ] {
            let socket = try EmbeddedWebSocket(unopenedOn: Station())
            let request = RawRequest.upgrade(target).replacing("GET", with: method)
            #expect(try socket.open(request).hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test(
        "Where WebSockets are opened, and whose domain that means",
        arguments: [
            (nil, nil, "", "/b%2Fc/service/cc/arm", "b/c"),
            (nil, nil, "/a", "/a/d/service/cc/arm", "d"),
            (nil, nil, "/a", "/d/service/cc/arm", nil),
            (nil, nil, "", "/d/service/cc/arm/", nil), (nil, nil, "", "//service/cc/arm", nil),
            ("/ws/<DOMAIN>", nil, "/a", "/ws/d", "d"), ("/ws", "d", "", "/ws?x=1", "d"),
            ("/ws/<DOMAIN>", "e", "", "/ws/d", "d"), ("/ws", "d", "", "/d/service/cc/arm", nil),
        ] as [(String?, String?, String, String, String?)]
    )
    func path(
        _ path: String?,
        _ fixedDomain: String?,
        _ prefix: String,
        _ target: String,
        _ domain: String?
    ) throws {
        let webSocketPath = try path.map {
            try #require(WebSocketPath($0, fixedDomain: fixedDomain))
        }
        let station = try Station(pathPrefix: prefix, webSocketPath: webSocketPath)
        let socket = try EmbeddedWebSocket(unopenedOn: station)
        let answer = try socket.open(RawRequest.upgrade(target))
        #expect(answer.hasPrefix("HTTP/1.1 \(domain == nil ? 404 : 101) "))
        #expect(try station.handshakes().map(\.domain) == (domain.map { [$0] } ?? []))
    }

    @Test("A header field that is required is required of a handshake, and then counts for all")
    func requiredField() throws {
        let station = try Station(requiring: ["Cookie: session=a:1", "authorization: Basic x"])
        for (fields, status) in [
            ("", 401), ("Cookie: session=a:1\r\n", 401),
            ("Cookie: session=a:2\r\nAuthorization: Basic x\r\n", 401),
            ("cookie: session=a:1\r\nAuthorization: Basic x\r\n", 101),
        ] {
            let socket = try EmbeddedWebSocket(unopenedOn: station)
            let answer = try socket.open(RawRequest.upgrade(with: fields))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(fields)")
            guard status == 101 else { continue }
            #expect(try socket.ask(RawMessage.read(1)).map(\.status) == [200])
        }
        #expect(try station.status(station.post(.read, Station.readRequest())) == 401)
        #expect(try station.control(.GET, "requests").status == 200)
    }

    @Test("What comes behind the request in the same bytes is taken for frames")
    func ahead() throws {
        let socket = try EmbeddedWebSocket(unopenedOn: Station())
        let frames = RawFrame.text(RawMessage.read(7)).bytes() + RawFrame.close(1000).bytes()
        let writes = try socket.send(bytes: Array(RawRequest.upgrade().utf8) + frames)
        let received = socket.frames(in: Array(writes.dropFirst()))
        #expect(try RawAnswer(received[0]).number == 7)
        #expect(received.dropFirst() == [.close(1000)])
    }

    @Test("A request over HTTP before the one for an upgrade is answered first")
    func pipelined() throws {
        let station = try Station(faults: ["delay:3s@read"])
        let socket = try EmbeddedWebSocket(unopenedOn: station)
        #expect(try socket.open(HTTPHandlerTests.read + RawRequest.upgrade()).isEmpty)
        socket.wait(.seconds(3))
        let text = String(decoding: try socket.writes().joined(), as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(text.contains("</out>HTTP/1.1 101 "))
        #expect(try socket.ask(RawMessage.read(1)).map(\.number) == [1])
    }
}
