import Testing

@testable import arm_server

@Suite("WebSockets over real sockets")
struct WebSocketSocketTests {
    @Test("Save, read and goodbye, beside HTTP on the same port")
    func roundTrip() throws {
        try Station.withServer { server, station in
            let socket = try RawWebSocket(port: server.port)
            try socket.send(.text(RawMessage.save(1, "й")))
            #expect(try RawAnswer(socket.receive()).isOK)
            let http = try RawClient(port: server.port)
            try http.send(RawRequest.post(.read, Station.readRequest()))
            #expect(try http.receive(until: "</out>").contains(#"user_data="й""#))
            try socket.send(.close(1000))
            #expect(try socket.receive() == .close(1000))
            #expect(try socket.client.receiveToEnd() == .closed(""))
            #expect(try station.records().map(\.transport) == [.websocket, .http])
        }
    }

    @Test("A thousand requests under way are answered over one connection")
    func manyInFlight() throws {
        try Station.withServer { server, station in
            let socket = try RawWebSocket(port: server.port)
            try socket.send((0..<1000).map { .text(RawMessage.read($0)) })
            let numbers = try (0..<1000).map { _ in try RawAnswer(socket.receive()).number }
            #expect(numbers == Array(0..<1000))
            #expect(try station.handshakes().count == 1)
            #expect(try Set(station.records().map(\.connection)).count == 1)
        }
    }

    @Test("A document of megabytes goes there and back")
    func large() throws {
        try Station.withServer { server, _ in
            let socket = try RawWebSocket(port: server.port)
            let document = String(repeating: #"{"й":"\""}"#, count: 200_000)
            try socket.send(.text(RawMessage.save(1, document)))
            #expect(try RawAnswer(socket.receive()).isOK)
            try socket.send(.text(RawMessage.read(2)))
            #expect(try RawAnswer(socket.receive()).document() == document)
        }
    }

    @Test("A close is one without a frame, a reset is one, half a frame is half")
    func ends() throws {
        for (fault, isReset, isEmpty) in [
            ("close-after", false, true), ("reset", true, true), ("truncate", false, false),
        ] {
            try Station.withServer([fault + "@save"]) { server, _ in
                let socket = try RawWebSocket(port: server.port)
                try socket.send(.text(RawMessage.save(1)))
                switch try socket.client.receiveToEnd() {
                case .reset: #expect(isReset)
                case .closed(let text):
                    #expect(!isReset)
                    #expect(text.isEmpty == isEmpty)
                }
            }
        }
    }

    @Test("A hanging handshake gets nothing while others are answered, and holds up no stop")
    func hang() throws {
        try Station.withServer(["hang@handshake"]) { server, station in
            let client = try RawClient(port: server.port)
            try client.send(RawRequest.upgrade())
            let other = try RawClient(port: server.port)
            repeat {
                try other.send(RawRequest.post(.read, Station.readRequest()))
                _ = try other.receive(until: "</out>")
            } while try station.handshakes().isEmpty
            // One loop answers both: once a later handshake is through, so would this one be.
            let later = try RawWebSocket(port: server.port)
            try later.send(.text(RawMessage.read(1)))
            #expect(try RawAnswer(later.receive()).status == 200)
            #expect(try client.hasReceivedNothing())
        }
    }
}

/// A client's end of a WebSocket, made by hand.
final class RawWebSocket {
    let client: RawClient
    private var received: ArraySlice<UInt8> = []

    init(port: Int) throws {
        client = try RawClient(port: port)
        try client.send(RawRequest.upgrade())
        let answer = try client.receive(until: "\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 101 "))
    }

    func send(_ frames: [RawFrame]) throws { try client.send(frames.flatMap { $0.bytes() }) }

    func send(_ frame: RawFrame) throws { try send([frame]) }

    func receive() throws -> RawFrame {
        while true {
            if let frame = RawFrame.take(from: &received) { return frame }
            let part = try client.receivePart()
            guard !part.isEmpty else { throw RawClient.Problem(call: "recv", code: 0) }
            received += part
        }
    }
}
