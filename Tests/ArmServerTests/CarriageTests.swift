import Testing

@testable import arm_server

@Suite("How answers travel")
struct CarriageTests {
    @Test("Another number, length or version than the right one")
    func header() throws {
        for (fault, header) in [
            ("sequence", "0100000002215001200"), ("sequence:77", "0100000002210077200"),
            ("length", "0100000002220001200"), ("version", "9900000002210001200"),
        ] {
            let socket = try EmbeddedWebSocket(faults: [fault])
            let frames = try socket.send(.text(RawMessage.save(1)))
            #expect(frames.map { $0.payload.prefix(19) } == [Array(header.utf8)[...]])
            #expect(frames[0].payload.count == 221)
        }
    }

    @Test("Answers gathered are sent last first, as soon as there are enough")
    func reverse() throws {
        let socket = try EmbeddedWebSocket(faults: ["reverse:3*forever"])
        #expect(try socket.ask(RawMessage.read(1)).isEmpty)
        #expect(try socket.ask(RawMessage.read(2)).isEmpty)
        #expect(try socket.ask(RawMessage.read(3)).map(\.number) == [3, 2, 1])
        #expect(try socket.ask(RawMessage.read(4)).isEmpty)
    }

    @Test("Answers that none joins any more go anyway")
    func reverseAlone() throws {
        let socket = try EmbeddedWebSocket(faults: ["reverse:3*forever"])
        #expect(try socket.ask(RawMessage.read(1)).isEmpty)
        #expect(try socket.framesAfter(.milliseconds(99)).isEmpty)
        #expect(try socket.ask(RawMessage.read(2)).isEmpty)
        #expect(try socket.framesAfter(.milliseconds(99)).isEmpty)
        let late = try socket.framesAfter(.milliseconds(1)).map(RawAnswer.init)
        #expect(late.map(\.number) == [2, 1])
    }

    @Test("Noise bears nobody's number, and the right answer comes behind it")
    func noise() throws {
        let socket = try EmbeddedWebSocket(faults: ["noise:2"])
        let frames = try socket.send(.text(RawMessage.save(9998)))
        let answer = try #require(frames.last)
        #expect(try RawAnswer(answer).isOK)
        let noise = frames.dropLast()
        #expect(Set(noise.map(\.opcode)) == [RawFrame.text, RawFrame.binary])
        #expect(noise.allSatisfy { $0.isFinal && !$0.isMasked })
        #expect(noise.contains { $0.payload.isEmpty })
        let numbers = noise.map {
            String(decoding: $0.payload.dropFirst(12).prefix(4), as: UTF8.self)
        }
        #expect(numbers.contains("4998") && !numbers.contains("9998"))
        #expect(noise.prefix(noise.count / 2) == noise.suffix(noise.count / 2))
    }

    @Test(
        "Fragments together are the answer, with control frames between them",
        arguments: [2, 3, 500]
    )
    func fragments(_ count: Int) throws {
        let socket = try EmbeddedWebSocket(faults: ["fragments:\(count)"])
        let frames = try socket.send(.text(RawMessage.save(1)))
        let parts = frames.filter { $0.opcode < 8 }
        #expect(parts.count == count)
        #expect(parts.map(\.opcode) == [1] + [UInt8](repeating: 0, count: count - 1))
        #expect(parts.map(\.isFinal) == [Bool](repeating: false, count: count - 1) + [true])
        #expect(try RawAnswer(message: parts.flatMap(\.payload)).isOK)
        #expect(frames.map { $0.opcode < 8 } == (0..<2 * count - 1).map { $0 % 2 == 0 })
        #expect(frames.last?.isFinal == true)
    }

    @Test("An answer broken off is a fragment without an end, and a Close frame")
    func breakOff() throws {
        let right = try EmbeddedWebSocket().send(.text(RawMessage.save(1)))[0].payload
        let socket = try EmbeddedWebSocket(faults: ["break-off"])
        let half = Array(right.prefix(right.count / 2))
        let fragment = RawFrame(opcode: RawFrame.text, payload: half, isFinal: false)
        #expect(try socket.send(.text(RawMessage.save(1))) == [fragment, .close(1001)])
        #expect(try socket.send(.text(RawMessage.save(2))).isEmpty)
        #expect(socket.isOpen)
        #expect(try socket.send(.close(1001)).isEmpty)
        #expect(!socket.isOpen)
    }

    @Test("A stalled answer is the last thing that is heard of a connection")
    func stall() throws {
        let right = try EmbeddedWebSocket().send(.text(RawMessage.save(1)))[0].payload
        let socket = try EmbeddedWebSocket(faults: ["stall@save", "delay:1s@read"])
        #expect(try socket.ask(RawMessage.read(2)).isEmpty)
        let half = try socket.send(bytes: RawFrame.text(RawMessage.save(1)).bytes()).joined()
        #expect(Array(half) == [0x81, 126, 0, UInt8(right.count)] + right.prefix(right.count / 2))
        let ping = RawFrame(opcode: RawFrame.ping, payload: [])
        #expect(try socket.send(ping, .text(RawMessage.read(3))).isEmpty)
        #expect(try socket.framesAfter(.seconds(2)).isEmpty)
        #expect(socket.isOpen)
        #expect(try socket.station.records().map(\.number) == [2, 1])
    }

    @Test("The same answer twice, and as a binary message")
    func twiceAndBinary() throws {
        let socket = try EmbeddedWebSocket(faults: ["twice", "binary"])
        #expect(try socket.ask(RawMessage.save(1)).map(\.isOK) == [true, true])
        let frames = try socket.send(.text(RawMessage.save(2)))
        #expect(frames.map(\.opcode) == [RawFrame.binary])
        #expect(try RawAnswer(message: frames[0].payload).isOK)
    }

    @Test("Frames that RFC 6455 forbids")
    func illegal() throws {
        let right = try EmbeddedWebSocket().send(.text(RawMessage.save(1)))[0].payload
        func first(_ kind: String) throws -> [UInt8] {
            let socket = try EmbeddedWebSocket(faults: ["frame:" + kind])
            return Array(try socket.send(bytes: RawFrame.text(RawMessage.save(1)).bytes()).joined())
        }
        let length: [UInt8] = [126, 0, UInt8(right.count)]
        let masked = try first("masked")
        #expect(masked.prefix(4) == [0x81, 0x80 | 126, 0, UInt8(right.count)])
        let key = masked.dropFirst(4).prefix(4)
        let unmasked = masked.dropFirst(8).enumerated().map { $1 ^ Array(key)[$0 % 4] }
        #expect(unmasked == right)
        #expect(try first("reserved") == [0xC1] + length + right)
        #expect(try first("continuation") == [0x80] + length + right)
        let encoding = try first("encoding").dropFirst(4)
        #expect(encoding.starts(with: right))
        #expect(String(validating: encoding, as: UTF8.self) == nil)
        #expect(try first("endless") == [0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0] + right)
    }
}
