import Testing

@testable import arm_server

@Suite("Faults over a WebSocket")
struct WebSocketFaultTests {
    @Test(
        "What a fault says in the answer's place, under the request's number",
        arguments: [
            ("refuse:line_busy", 200, #""_attributes":{"code":"line_busy"}"#),
            ("status:503,retry-after=7", 503, "status 503 on purpose"),
            ("401", 401, "log in first"), ("403", 403, #""code":"cannot_perform_cmd"}"#),
            ("redirect:307", 307, "<html>"), ("garbage", 200, "<!DOCTYPE html>"),
            ("empty", 200, ""),
        ]
    )
    func substitutes(_ kind: String, _ status: Int, _ text: String) throws {
        let after = kind + (kind.contains(":") ? ",after" : ":after")
        for (specification, isStored) in [(kind, false), (after, true)] {
            let socket = try EmbeddedWebSocket(faults: [specification + "@command"])
            let answer = try #require(try socket.ask(RawMessage.save(9)).first)
            #expect(answer.number == 9 && answer.status == status)
            #expect(text.isEmpty ? answer.body.isEmpty : answer.body.contains(text))
            #expect(try socket.station.readContent()?.isEmpty == !isStored)
            #expect(try socket.station.records().first?.status == status)
            #expect(try socket.ask(RawMessage.read(10)).map(\.status) == [200], "it strikes once")
        }
    }

    @Test("Silence leaves the connection to the other requests")
    func hang() throws {
        let socket = try EmbeddedWebSocket(faults: ["hang:after@save"])
        #expect(try socket.ask(RawMessage.save(1)).isEmpty)
        #expect(try socket.ask(RawMessage.read(2)).first?.document() == #"{"a":1}"#)
    }

    @Test("The connection ends without a Close frame, before or after the save")
    func close() throws {
        for (fault, outcome) in [
            ("close-before", "nothing"), ("close-after", "saved"), ("reset", "nothing"),
        ] {
            let socket = try EmbeddedWebSocket(faults: [fault + "@save"])
            #expect(try socket.send(.text(RawMessage.save(1))).isEmpty)
            #expect(!socket.isOpen)
            #expect(try socket.station.records().map(\.outcome) == [outcome])
        }
    }

    @Test("A Close frame instead of the answer leaves the last word to the client")
    func closeFrame() throws {
        let socket = try EmbeddedWebSocket(faults: ["close-frame:1012@save"])
        #expect(try socket.send(.text(RawMessage.save(1))) == [.close(1012)])
        #expect(try socket.send(.text(RawMessage.read(2))).isEmpty)
        #expect(socket.isOpen)
        #expect(try socket.send(.close(1012)).isEmpty)
        #expect(!socket.isOpen)
    }

    @Test("A truncated answer breaks off in the middle of its frame")
    func truncate() throws {
        let socket = try EmbeddedWebSocket(faults: ["truncate"])
        let bytes = try socket.send(bytes: RawFrame.text(RawMessage.save(1)).bytes()).joined()
        let whole = try EmbeddedWebSocket().send(.text(RawMessage.save(1)))[0].payload
        #expect(Array(bytes) == [0x81, 126, 0, UInt8(whole.count)] + whole.prefix(whole.count / 2))
        #expect(!socket.isOpen)
    }

    @Test("Half an answer has a header that is right about the half")
    func half() throws {
        let answer = try #require(
            try EmbeddedWebSocket(faults: ["half"]).ask(RawMessage.read(8)).first
        )
        #expect(answer.number == 8)
        #expect(answer.body.hasPrefix("[{") && !answer.body.hasSuffix("]"))
    }

    @Test("A large answer has the size asked for and is the right one")
    func large() throws {
        let socket = try EmbeddedWebSocket(faults: ["large:3m@read"])
        _ = try socket.ask(RawMessage.save(1))
        let frames = try socket.send(.text(RawMessage.read(2)))
        #expect(frames.map(\.payload.count) == [3 << 20])
        #expect(try RawAnswer(frames[0]).document() == #"{"a":1}"#)
    }

    @Test("A deep answer is nested as deep as asked for, and well-formed")
    func deepAnswer() throws {
        let socket = try EmbeddedWebSocket(faults: ["deep:100", "deep:100000"])
        let body = try #require(try socket.ask(RawMessage.read(1)).first?.body)
        var element = try NodeReader.element(from: Array(body.utf8)[...])
        var levels = 0
        while let child = element.children.first {
            element = child
            levels += element.name == "n" ? 1 : 0
        }
        #expect(levels == 100)
        #expect(try socket.ask(RawMessage.read(2))[0].body.utf8.count > 2_000_000)
    }

    @Test("A save may be altered or lost behind an ok")
    func meddling() throws {
        let socket = try EmbeddedWebSocket(faults: ["alter", "lose"])
        #expect(try socket.ask(RawMessage.save(1)).map(\.isOK) == [true])
        let altered = #"{"a":1,"altered":true}"#
        #expect(try socket.ask(RawMessage.read(2)).first?.document() == altered)
        #expect(try socket.ask(RawMessage.save(3, "{}")).map(\.isOK) == [true])
        #expect(try socket.ask(RawMessage.read(4)).first?.document() == altered)
    }

    @Test("A delayed answer is overtaken by those behind it")
    func delay() throws {
        let socket = try EmbeddedWebSocket(faults: ["delay:3s@read"])
        #expect(try socket.ask(RawMessage.read(1)).isEmpty)
        #expect(try socket.ask(RawMessage.read(2)).map(\.number) == [2])
        #expect(try socket.framesAfter(.seconds(2)).isEmpty)
        #expect(try socket.framesAfter(.seconds(1)).map(RawAnswer.init).map(\.number) == [1])
    }

    @Test("A fault waits for the transport that it is about")
    func waiting() throws {
        let station = try Station(faults: ["dtd", "noise"])
        let socket = try EmbeddedWebSocket(on: station)
        #expect(try socket.send(.text(RawMessage.read(1))).count > 5)
        #expect(try socket.send(.text(RawMessage.read(2))).count == 1)
        #expect(try station.read().contains("<!DOCTYPE"))
    }
}
