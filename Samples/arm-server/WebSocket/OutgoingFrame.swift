import NIOWebSocket

/// A frame as its bytes (RFC 6455, 5.2), head and payload together: one write is one segment. Faults
/// need frames that no decent encoder writes, hence this one.
struct OutgoingFrame: Sendable {
    var opcode: WebSocketOpcode
    var payload: ArraySlice<UInt8>
    var isFinal = true
    var hasReservedBit = false
    var maskKey: [UInt8]?
    /// Said in the head; nil for the payload's own.
    var announcedLength: Int?

    static func text(_ payload: [UInt8]) -> OutgoingFrame {
        OutgoingFrame(opcode: .text, payload: payload[...])
    }

    static func close(code: UInt16) -> OutgoingFrame {
        OutgoingFrame(
            opcode: .connectionClose,
            payload: [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)]
        )
    }

    /// The same head, and half of what it promises.
    var firstHalf: OutgoingFrame {
        var half = self
        half.announcedLength = payload.count
        half.payload = payload.prefix(payload.count / 2)
        return half
    }

    var bytes: [UInt8] {
        let length = announcedLength ?? payload.count
        let maskBit: UInt8 = maskKey == nil ? 0 : 0x80
        var bytes = [
            (isFinal ? 0x80 : 0) | (hasReservedBit ? 0x40 : 0) | UInt8(webSocketOpcode: opcode)
        ]
        switch length {
        case ...125: bytes.append(maskBit | UInt8(length))
        case ...0xFFFF: bytes += [maskBit | 126] + Self.bigEndian(length, 2)
        default: bytes += [maskBit | 127] + Self.bigEndian(length, 8)
        }
        guard let maskKey else { return bytes + payload }
        return bytes + maskKey
            + zip(payload, 0...).map { byte, index in byte ^ maskKey[index % maskKey.count] }
    }

    private static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }
}
