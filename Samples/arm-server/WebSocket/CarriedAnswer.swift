import NIOWebSocket

/// The frames in which an answer travels, and what travels with it.
struct CarriedAnswer {
    let frames: [OutgoingFrame]
    /// Whether nothing can follow it.
    let isLast: Bool

    init(_ message: [UInt8], number: Int, carriage: Carriage) {
        let whole = OutgoingFrame.text(message)
        isLast = [.brokenOff, .stalled].contains(carriage)
        switch carriage {
        case .plain, .wrongNumber, .wrongLength, .wrongVersion, .reversed:
            frames = [whole]
        case .noisy(let rounds):
            frames = (0..<rounds).flatMap { _ in Noise.frames(besides: number) } + [whole]
        case .fragmented(let count):
            frames = Self.fragments(of: message, count: count)
        case .brokenOff:
            var half = whole
            half.payload = message.prefix(message.count / 2)
            half.isFinal = false
            frames = [half, .close(code: 1001)]
        case .stalled:
            frames = [whole.firstHalf]
        case .twice:
            frames = [whole, whole]
        case .binary:
            frames = [OutgoingFrame(opcode: .binary, payload: message[...])]
        case .illegal(let illegality):
            frames = [Self.illegal(illegality, message)]
        }
    }

    /// In equal parts, some empty where there are more parts than bytes. A ping, and a pong that
    /// nobody asked for, stand between them (RFC 6455, 5.4).
    private static func fragments(of message: [UInt8], count: Int) -> [OutgoingFrame] {
        (0..<count).flatMap { index in
            let fragment = OutgoingFrame(
                opcode: index == 0 ? .text : .continuation,
                payload: message[
                    message.count * index / count..<message.count * (index + 1) / count
                ],
                isFinal: index == count - 1
            )
            let control = OutgoingFrame(opcode: index % 2 == 0 ? .ping : .pong, payload: [0x21])
            return fragment.isFinal ? [fragment] : [fragment, control]
        }
    }

    private static func illegal(
        _ illegality: Carriage.Illegality,
        _ message: [UInt8]
    ) -> OutgoingFrame {
        var frame = OutgoingFrame.text(message)
        switch illegality {
        case .masked: frame.maskKey = [0x12, 0x34, 0x56, 0x78]
        case .reserved: frame.hasReservedBit = true
        case .encoding: frame.payload = message[...] + [0xC3, 0x28]
        case .endless: frame.announcedLength = 1 << 40
        case .continuation: frame.opcode = .continuation
        }
        return frame
    }
}
