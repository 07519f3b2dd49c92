import NIOHTTP1
import Testing

@testable import arm_server

@Suite("Faults at a handshake")
struct HandshakeFaultTests {
    @Test(
        "A refused handshake gets what a refused request gets",
        arguments: [
            ("401", 401, "\r\nWWW-Authenticate: Basic"), ("403", 403, "forbidden on purpose"),
            ("redirect", 302, "\r\nLocation: /portal/login\r\n"), ("redirect:307", 307, "<html>"),
            ("garbage", 200, "<!DOCTYPE html>"), ("empty", 200, "\r\nContent-Length: 0\r\n"),
            ("status:503,retry-after=7", 503, "\r\nRetry-After: 7\r\n"),
        ]
    )
    func refused(_ fault: String, _ status: Int, _ text: String) throws {
        for specification in [fault, fault + "@handshake"] {
            let station = try Station(faults: [specification])
            let answer = try EmbeddedWebSocket(unopenedOn: station).open()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains(text))
            let handshake = try #require(try station.handshakes().first)
            #expect(handshake.outcome == "nothing" && handshake.status == status)
            #expect(handshake.fault == specification)
            #expect(try station.records().isEmpty)
            _ = try EmbeddedWebSocket(on: station)
        }
    }

    @Test("A handshake may be left alone, and a connection cut, without a word")
    func unanswered() throws {
        for (fault, isActive) in [("hang", true), ("close-before", false), ("reset", false)] {
            let station = try Station(faults: [fault])
            let socket = try EmbeddedWebSocket(unopenedOn: station)
            #expect(try socket.open().isEmpty)
            #expect(socket.isOpen == isActive)
            #expect(try station.handshakes().map(\.status) == [nil])
        }
    }

    @Test("A delayed handshake is a handshake, and nothing sent ahead gets lost")
    func delayed() throws {
        let station = try Station(faults: ["delay:3s"])
        let socket = try EmbeddedWebSocket(unopenedOn: station)
        let ahead = RawFrame.text(RawMessage.read(1)).bytes()
        #expect(try socket.send(bytes: Array(RawRequest.upgrade().utf8) + ahead).isEmpty)
        socket.wait(.seconds(3))
        let writes = try socket.writes()
        #expect(writes.first?.starts(with: "HTTP/1.1 101 ".utf8) == true)
        #expect(try RawAnswer(socket.frames(in: Array(writes.dropFirst()))[0]).number == 1)
    }

    @Test("A wrong accept is a well-formed one")
    func wrongAccept() throws {
        let socket = try EmbeddedWebSocket(unopenedOn: Station(faults: ["wrong-accept"]))
        let answer = try socket.open()
        #expect(answer.hasPrefix("HTTP/1.1 101 "))
        let field = answer.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Accept: ") }
        let value = try #require(field).dropFirst("Sec-WebSocket-Accept: ".count)
        #expect(
            value.count == 28 && value.hasSuffix("=") && value != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        )
    }

    @Test("Pings are answered, or never where the handshake was struck so")
    func pong() throws {
        let ping = RawFrame(opcode: RawFrame.ping, payload: [1, 2, 3])
        let pong = RawFrame(opcode: RawFrame.pong, payload: [1, 2, 3])
        #expect(try EmbeddedWebSocket().send(ping) == [pong])
        let mute = try EmbeddedWebSocket(faults: ["no-pong"])
        #expect(try mute.send(ping).isEmpty)
        #expect(try mute.ask(RawMessage.read(1)).map(\.status) == [200])
    }

    @Test("Pings come as often as the fault says, until the connection ends")
    func pings() throws {
        let socket = try EmbeddedWebSocket(faults: ["pings:20ms"])
        #expect(try socket.framesAfter(.milliseconds(19)).isEmpty)
        let frames = try socket.framesAfter(.milliseconds(41))
        #expect(frames.map(\.opcode) == [RawFrame.ping, RawFrame.ping, RawFrame.ping])
        _ = try socket.send(.close(1000))
        #expect(try socket.framesAfter(.seconds(1)).isEmpty)
    }

    @Test("A fault about a command's answer passes a handshake by")
    func passedBy() throws {
        for fault in [
            "refuse", "half", "alter", "noise", "close-after", "hang:after", "close-frame",
            "401@command", "401@save",
        ] {
            let station = try Station(faults: [fault])
            _ = try EmbeddedWebSocket(on: station)
            #expect(station.switchboard.withState { $0.faults.faults.count } == 1)
        }
    }

    @Test("Handshakes are listed one JSON object a line, and forgotten")
    func control() throws {
        let station = try Station(faults: ["401"])
        _ = try EmbeddedWebSocket(unopenedOn: station).open()
        _ = try EmbeddedWebSocket(on: station)
        #expect(
            try station.control(.GET, "handshakes").body
                == #"{"connection":1,"domain":"biysk.local","fault":"401","outcome":"nothing","#
                + #""sequence":1,"status":401,"target":"/biysk.local/service/cc/arm"}"# + "\n"
                + #"{"connection":2,"domain":"biysk.local","outcome":"opened","#
                + #""sequence":2,"status":101,"target":"/biysk.local/service/cc/arm"}"# + "\n"
        )
        #expect(try station.control(.DELETE, "handshakes").status == 200)
        #expect(try station.control(.GET, "handshakes").body.isEmpty)
        #expect(try station.control(.PUT, "handshakes").status == 405)
    }
}
