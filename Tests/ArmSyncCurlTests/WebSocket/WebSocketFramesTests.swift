import SeededRandom
import Testing

@testable import ArmSyncCurl

@Suite("Frames")
struct WebSocketFramesTests {
    private let frames: WebSocketFrames

    init() throws {
        frames = try WebSocketFrames(library: try WslayLibrary.load(), largestMessage: 1000)
    }

    private func receive(_ bytes: [UInt8]) -> [WebSocketFrames.Event] {
        bytes.withUnsafeBytes { frames.receive($0) }
    }

    /// What waits to be sent, as the server would read it.
    private func sent() -> [[UInt8]] {
        var rest = Array(frames.pending)
        var payloads: [[UInt8]] = []
        while rest.count >= 6 {
            let size = Int(rest[1] & 0x7F)
            #expect(rest[1] & 0x80 != 0 && size < 126)
            let payload = (0..<size).map { rest[6 + $0] ^ rest[2 + $0 % 4] }
            payloads.append([rest[0]] + payload)
            rest.removeFirst(6 + size)
        }
        frames.markSent(frames.pending.count)
        return payloads
    }

    @Test("are put together from fragments, with control frames in between")
    func fragments() {
        let bytes =
            Wire.frame(Array("ab".utf8), isFinal: false)
            + Wire.frame(Array("hello".utf8), opcode: Frame.ping)
            + Wire.frame(Array("c".utf8), opcode: 0, isFinal: false)
            + Wire.frame([], opcode: Frame.pong) + Wire.frame([], opcode: 0, isFinal: false)
            + Wire.frame(Array("d".utf8), opcode: 0) + Wire.frame(Array("next".utf8))
        #expect(
            receive(bytes) == [.message(Array("abcd".utf8)), .message(Array("next".utf8))]
        )
        #expect(sent() == [[0x8A] + Array("hello".utf8)])
    }

    @Test("mean the same in whatever pieces they come", arguments: 0..<20 as Range<UInt64>)
    func pieces(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var expected: [WebSocketFrames.Event] = []
        var bytes: [UInt8] = []
        for _ in 0..<30 {
            let message = Array(String(repeating: "й", count: random.below(400)).utf8)
            expected.append(.message(message))
            let cut = random.below(message.count + 1)
            bytes += Wire.frame(Array(message[..<cut]), isFinal: false)
            if random.oneIn(2) { bytes += Wire.frame([], opcode: Frame.ping) }
            bytes += Wire.frame(Array(message[cut...]), opcode: 0)
        }
        var events: [WebSocketFrames.Event] = []
        while !bytes.isEmpty {
            let count = min(1 + random.below(100), bytes.count)
            events += receive(Array(bytes[..<count]))
            bytes.removeFirst(count)
        }
        #expect(events == expected, "seed \(seed)")
    }

    @Test("know that part of a message has come")
    func amid() {
        #expect(!frames.isAmidMessage)
        #expect(receive(Array(Wire.frame(Array("abc".utf8)).dropLast())) == [])
        #expect(frames.isAmidMessage)
        #expect(receive(Array("c".utf8)) == [.message(Array("abc".utf8))])
        #expect(!frames.isAmidMessage)
    }

    @Test(
        "that break the rules end the connection with the code of RFC 6455",
        arguments: [
            (Wire.frame([0xC3, 0x28]), 1007), (Wire.frame([0xE2, 0x82]), 1007),
            (Wire.frame([0xED, 0xA0, 0x80]), 1007),
            (Wire.frame([0xE2], isFinal: false) + Wire.frame([0x28], opcode: 0), 1007),
            (Wire.frame([], flags: 0x40), 1002), (Wire.frame([], opcode: 3), 1002),
            (Wire.frame([], opcode: 0), 1002),
            (Wire.frame([], isFinal: false) + Wire.frame([]), 1002),
            ([0x81, 0x80, 1, 2, 3, 4], 1002), (Wire.closing(999), 1002),
            (Wire.frame(Array(repeating: 0x20, count: 1001)), 1009),
            (
                Wire.frame(Array(repeating: 0x20, count: 600), isFinal: false)
                    + Wire.frame(Array(repeating: 0x20, count: 600), opcode: 0), 1009
            ),
            ([0x81, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x20], 1009),

        ] as [([UInt8], UInt16)]
    )
    func broken(bytes: [UInt8], code: UInt16) {
        #expect(
            receive(Wire.frame(Array("ok".utf8)) + bytes) == [
                .message(Array("ok".utf8)), .broken(code: code),
            ]
        )
        #expect(sent().last == [0x88, UInt8(code >> 8), UInt8(code & 0xFF)])
        #expect(receive(Wire.frame(Array("late".utf8))) == [])
    }

    @Test(
        "that are no frames at all end the connection too",
        arguments: [
            [0x89, 0x7E, 0, 126] + Array(repeating: 0, count: 126), [0x09, 0x00],
            [0x81, 0x7E, 0, 5] + Array("short".utf8),
            [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]]
    )
    func noFrames(bytes: [UInt8]) {
        guard case .broken = receive(bytes).last else {
            Issue.record("they were taken")
            return
        }
    }

    @Test("take the largest message and none that is larger")
    func largest() {
        let message = [UInt8](repeating: 0x20, count: 1000)
        #expect(receive(Wire.frame(message)) == [.message(message)])
    }

    @Test("answer a farewell with the same, and carry nothing afterwards")
    func farewell() {
        #expect(receive(Wire.closing(1001)) == [.closed(code: 1001)])
        #expect(sent() == [[0x88, 0x03, 0xE9]])
        frames.send(Array("more".utf8))
        #expect(frames.pending.isEmpty)
    }

    @Test("say farewell once")
    func leaving() {
        frames.close()
        frames.close()
        #expect(sent() == [[0x88, 0x03, 0xE8]])
        #expect(receive(Wire.closing(1000)) == [.closed(code: 1000)])
        #expect(frames.pending.isEmpty)
    }

    @Test("leave head and payload together, several of them in order, and count their bytes")
    func output() {
        frames.send(Array("one".utf8))
        #expect(frames.totalQueued == 9)
        frames.send(Array("two".utf8))
        frames.ping()
        #expect(frames.totalQueued == 24)
        let first = frames.pending.prefix(9)
        frames.markSent(4)
        #expect(frames.pending.prefix(5) == first.dropFirst(4))
        #expect(frames.totalSent == 4)
        frames.markSent(5)
        #expect(sent() == [[0x81] + Array("two".utf8), [0x89]])
        #expect(frames.totalSent == 24)
    }

    @Test("are masked each with a key of its own")
    func masks() {
        let keys = (0..<100).map { _ in
            frames.send([0])
            defer { frames.markSent(frames.pending.count) }
            return Array(frames.pending.dropFirst(2).prefix(4))
        }
        #expect(Set(keys).count == keys.count)
    }
}
