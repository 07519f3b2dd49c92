import NIOCore
import NIOWebSocket
import Testing

@testable import arm_server

@Suite("Frames from a client")
struct FrameRuleTests {
    @Test("A message may come in fragments, with pings between them that are answered first")
    func fragments() throws {
        let socket = try EmbeddedWebSocket()
        let message = RawMessage.save(4, "й")
        let parts = [message.prefix(30), message[30..<30], message[30...]]
        let ping = RawFrame(opcode: RawFrame.ping, payload: Array("between".utf8))
        #expect(
            try socket.send(
                RawFrame(opcode: RawFrame.text, payload: Array(parts[0]), isFinal: false),
                ping,
                RawFrame(opcode: RawFrame.continuation, payload: [], isFinal: false),
                RawFrame(opcode: RawFrame.pong, payload: [])
            ) == [RawFrame(opcode: RawFrame.pong, payload: ping.payload)]
        )
        let rest = try socket.send(
            RawFrame(opcode: RawFrame.continuation, payload: Array(parts[2]))
        )
        #expect(try rest.map(RawAnswer.init).map(\.isOK) == [true])
        #expect(try socket.ask(RawMessage.read(5)).first?.document() == "й")
    }

    @Test("Frames that come byte by byte are taken as well")
    func byteByByte() throws {
        let socket = try EmbeddedWebSocket()
        let bytes = RawFrame.text(RawMessage.save(4)).bytes()
        let writes = try bytes.flatMap { try socket.send(bytes: [$0]) }
        #expect(try socket.frames(in: writes).map(RawAnswer.init).map(\.isOK) == [true])
    }

    @Test(
        "What RFC 6455 forbids ends the connection with the code it names",
        arguments: [
            (RawFrame.text(RawMessage.read(1)).bytes(isMasked: false), 1002),
            (RawFrame(opcode: 1, payload: [], reservedBits: 4).bytes(), 1002),
            (RawFrame(opcode: 1, payload: [], reservedBits: 1).bytes(), 1002),
            (RawFrame(opcode: 3, payload: []).bytes(), 1002),
            (RawFrame(opcode: 11, payload: []).bytes(), 1002),
            (RawFrame(opcode: RawFrame.continuation, payload: []).bytes(), 1002),
            (RawFrame(opcode: RawFrame.ping, payload: [], isFinal: false).bytes(), 1002),
            (
                RawFrame(opcode: RawFrame.ping, payload: [UInt8](repeating: 0, count: 126)).bytes(),
                1002
            ),
            (RawFrame(opcode: RawFrame.close, payload: [3]).bytes(), 1002),
            (
                RawFrame(opcode: RawFrame.text, payload: [0x30], isFinal: false).bytes()
                    + RawFrame.text([0x31]).bytes(), 1002
            ),
            (RawFrame(opcode: RawFrame.binary, payload: RawMessage.read(1)).bytes(), 1003),
            (RawFrame.text(RawMessage.read(1) + [0xC3]).bytes(), 1007),
            (RawFrame.text([]).bytes(announcing: (32 << 20) + 1), 1009),
            (RawFrame.text([]).bytes(announcing: .max), 1009),
        ] as [([UInt8], UInt16)]
    )
    func forbidden(_ bytes: [UInt8], _ code: UInt16) throws {
        let socket = try EmbeddedWebSocket()
        #expect(try socket.frames(in: socket.send(bytes: bytes)) == [.close(code)])
        #expect(!socket.isOpen)
        #expect(try socket.station.records().isEmpty)
    }

    @Test("Fragments that grow too long together end with 1009")
    func grownTooLong() throws {
        var assembler = MessageAssembler(longest: 100)
        func take(_ opcode: WebSocketOpcode, _ count: Int, isFinal: Bool) throws -> Int? {
            let frame = WebSocketFrame(
                fin: isFinal,
                opcode: opcode,
                maskKey: [0, 0, 0, 0],
                data: ByteBuffer(repeating: 0x20, count: count)
            )
            guard case .text(let message) = try assembler.take(frame) else { return nil }
            return message.count
        }
        #expect(try take(.text, 60, isFinal: false) == nil)
        #expect(try take(.continuation, 40, isFinal: true) == 100)
        #expect(try take(.text, 60, isFinal: false) == nil)
        #expect(try take(.continuation, 40, isFinal: false) == nil)
        #expect(throws: MessageAssembler.Violation.tooLong) {
            try take(.continuation, 1, isFinal: true)
        }
    }

    @Test("A Close frame is answered with its own code, and the connection ends")
    func close() throws {
        for payload in [[], [3, 0xE8], [0x0F, 0xA0] + Array("bye".utf8)] as [[UInt8]] {
            let socket = try EmbeddedWebSocket()
            let frame = RawFrame(opcode: RawFrame.close, payload: payload)
            #expect(try socket.send(frame, .text(RawMessage.save(1))) == [frame])
            #expect(!socket.isOpen)
            #expect(try socket.station.records().isEmpty, "nothing counts behind a Close frame")
        }
    }
}
